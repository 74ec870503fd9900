ALTER TABLE tenant
    ADD COLUMN max_devices             bigint,
    ADD COLUMN max_connections         bigint,
    ADD COLUMN max_messages_per_second bigint,
    ADD COLUMN max_stored_days         int;

-- How many devices each tenant has, kept as devices come and go, whichever way: counting a million takes too long to do it for
-- each new one. The sum of a tenant's rows counts; a connection to the database always writes the same of them, so that
-- registrations hardly ever wait for each other.
CREATE TABLE device_count (
    tenant  text   NOT NULL REFERENCES tenant ON DELETE CASCADE,
    slot    int    NOT NULL,
    devices bigint NOT NULL,
    PRIMARY KEY (tenant, slot)
);

CREATE FUNCTION count_devices() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO device_count (tenant, slot, devices)
    SELECT tenant, pg_backend_pid() % 64, CASE TG_OP WHEN 'INSERT' THEN count(*) ELSE -count(*) END
    FROM changed GROUP BY tenant ORDER BY tenant
    ON CONFLICT (tenant, slot) DO UPDATE SET devices = device_count.devices + excluded.devices;
    RETURN NULL;
END $$;

CREATE TRIGGER device_added AFTER INSERT ON device
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION count_devices();
CREATE TRIGGER device_removed AFTER DELETE ON device
    REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION count_devices();

INSERT INTO device_count (tenant, slot, devices)
SELECT tenant, 0, count(*) FROM device GROUP BY tenant;
