-- Of groups only elements can be asked for: how many there are is no longer answered. Devices that have such configurations lose them.
WITH disabled AS (UPDATE configuration SET enabled = false, version = version + 1
                  WHERE enabled AND target ~ 'size\s*\(\s*device\s*\.\s*groups' RETURNING tenant, id)
INSERT INTO configuration_sweep (tenant, configuration, position, differences)
SELECT tenant, id, '', false FROM disabled
ON CONFLICT (tenant, configuration) DO UPDATE SET position = '', differences = false;
