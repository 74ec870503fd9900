-- A tenant's name is never given again: what other services keep under it would belong to the next who bears it.
CREATE TABLE deleted_tenant (
    id text PRIMARY KEY
);

-- Of the tenants that are gone already, those can be told that had devices.
INSERT INTO deleted_tenant (id)
SELECT DISTINCT tenant FROM deleted_device WHERE tenant NOT IN (SELECT id FROM tenant);
