-- What many devices are to be like, said at once: whatever device the target is true of. Each change makes a new version.
CREATE TABLE configuration (
    tenant     text        NOT NULL REFERENCES tenant ON DELETE CASCADE,
    id         text        NOT NULL,
    name       text,
    target     text        NOT NULL,
    -- the kinds of facts that the target's answer depends on: description, presence, reported, and swept, of whose changes nobody
    -- tells
    reads      text[]      NOT NULL,
    priority   int         NOT NULL,
    desired    jsonb       NOT NULL,
    enabled    boolean     NOT NULL,
    created_at timestamptz NOT NULL,
    version    bigint      NOT NULL,
    PRIMARY KEY (tenant, id)
);
CREATE INDEX configuration_swept ON configuration (tenant, id) WHERE enabled AND reads @> '{swept}';

-- The last version of a deleted configuration: should one come again under its name, its versions go on from there.
CREATE TABLE deleted_configuration (
    tenant  text   NOT NULL REFERENCES tenant ON DELETE CASCADE,
    id      text   NOT NULL,
    version bigint NOT NULL,
    PRIMARY KEY (tenant, id)
);

-- The layers that the desired state of a device is made of, each over the one before: what its type had it begin with, what
-- configurations say, and what was said of the device itself, with null for what it is not to have. Where only something was said
-- of the device itself, that is the desired state, and all are null.
ALTER TABLE device_state
    ADD COLUMN begun      jsonb,
    ADD COLUMN configured jsonb,
    ADD COLUMN own        jsonb;

-- Which configurations are meant for a device, which are part of its desired state, and what has become of each.
CREATE TABLE configuration_device (
    tenant        text    NOT NULL,
    configuration text    NOT NULL,
    device        text    NOT NULL,
    -- of the configuration, as it was looked at last
    version       bigint  NOT NULL,
    -- whether the target is true of the device
    targeted      boolean NOT NULL,
    -- whether it is part of the desired state
    in_force      boolean NOT NULL,
    status        text    NOT NULL,
    PRIMARY KEY (tenant, configuration, device),
    FOREIGN KEY (tenant, device) REFERENCES device ON DELETE CASCADE
);
CREATE INDEX configuration_device_by_device ON configuration_device (tenant, device);
CREATE INDEX configuration_device_by_status ON configuration_device (tenant, configuration, status, targeted);

-- Devices that are to be looked at again, written together with what is a reason for it. More than once is fine: so nobody who
-- writes one ever waits.
CREATE TABLE configuration_due (
    id     bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    tenant text NOT NULL,
    device text NOT NULL
);

-- Configurations for which all devices are to be looked at, page by page, and how far that is.
CREATE TABLE configuration_sweep (
    tenant        text    NOT NULL REFERENCES tenant ON DELETE CASCADE,
    configuration text    NOT NULL,
    -- the last device that was looked at
    position      text    NOT NULL,
    -- whether only those count that the target has become true or false of
    differences   boolean NOT NULL,
    PRIMARY KEY (tenant, configuration)
);

-- Devices whose configurations change again and again by what the devices report.
CREATE TABLE configuration_turns (
    tenant         text        NOT NULL,
    device         text        NOT NULL,
    since          timestamptz NOT NULL,
    turns          int         NOT NULL,
    -- the configurations that came and went, with their versions
    configurations jsonb       NOT NULL,
    -- since when the device keeps those that it has
    held_at        timestamptz,
    PRIMARY KEY (tenant, device),
    FOREIGN KEY (tenant, device) REFERENCES device ON DELETE CASCADE
);
CREATE INDEX configuration_turns_by_age ON configuration_turns (since);

-- Has devices looked at that a change of this kind may matter for; answers how many. Who changes or makes a configuration holds the
-- tenant's lock alone, so that what changes at the same time is either seen by the one or by the other. Each statement of a
-- function sees what is committed when it begins: the second sees what the first has waited for.
CREATE FUNCTION look_at_configurations(kind text, tenants text[], devices text[]) RETURNS int LANGUAGE plpgsql AS $$
DECLARE
    marked int;
BEGIN
    PERFORM pg_advisory_xact_lock_shared(hashtextextended(named.tenant, 3))
    FROM (SELECT DISTINCT unnest(tenants) AS tenant ORDER BY 1) AS named;
    INSERT INTO configuration_due (tenant, device)
    SELECT DISTINCT changed.tenant, changed.device FROM unnest(tenants, devices) AS changed (tenant, device)
    WHERE EXISTS (SELECT FROM configuration
                  WHERE configuration.tenant = changed.tenant AND enabled AND reads @> ARRAY[kind])
       OR kind <> 'presence'
          AND EXISTS (SELECT FROM configuration_device AS known
                      WHERE known.tenant = changed.tenant AND known.device = changed.device);
    GET DIAGNOSTICS marked = ROW_COUNT;
    RETURN marked;
END $$;
