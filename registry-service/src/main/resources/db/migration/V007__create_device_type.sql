CREATE TABLE device_type (
    tenant                text        NOT NULL REFERENCES tenant ON DELETE CASCADE,
    id                    text        NOT NULL,
    name                  text,
    payload_format        text        NOT NULL,
    -- by stream, each version of its schema that there ever was
    streams               jsonb       NOT NULL,
    commands              jsonb       NOT NULL,
    default_desired_state jsonb,
    -- seconds of silence
    offline_after         bigint,
    created_at            timestamptz NOT NULL,
    version               bigint      NOT NULL,
    PRIMARY KEY (tenant, id)
);

-- The last version of a deleted type: should one come again under its name, its versions go on from there.
CREATE TABLE deleted_device_type (
    tenant  text   NOT NULL REFERENCES tenant ON DELETE CASCADE,
    id      text   NOT NULL,
    version bigint NOT NULL,
    PRIMARY KEY (tenant, id)
);

-- Every tenant has the type of devices of which nothing is said.
INSERT INTO device_type (tenant, id, payload_format, streams, commands, created_at, version)
SELECT id, 'generic', 'JSON', '{}', '{}', created_at, 1 FROM tenant;

CREATE INDEX device_by_type ON device (tenant, type);
