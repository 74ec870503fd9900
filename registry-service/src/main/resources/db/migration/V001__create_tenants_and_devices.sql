CREATE TABLE tenant (
    id         text        PRIMARY KEY,
    name       text,
    created_at timestamptz NOT NULL,
    version    bigint      NOT NULL
);

CREATE TABLE device (
    tenant      text        NOT NULL REFERENCES tenant,
    id          text        NOT NULL,
    type        text        NOT NULL,
    name        text,
    tags        jsonb       NOT NULL,
    identifiers jsonb       NOT NULL,
    enabled     boolean     NOT NULL,
    enrollment  text,
    created_at  timestamptz NOT NULL,
    version     bigint      NOT NULL,
    PRIMARY KEY (tenant, id)
);

-- The last version of a deleted device: should one come again under its id, its versions go on from there, so that who
-- keeps the newest version of what they hear of a device never holds on to the old one.
CREATE TABLE deleted_device (
    tenant  text   NOT NULL,
    id      text   NOT NULL,
    version bigint NOT NULL,
    PRIMARY KEY (tenant, id)
);

-- Secrets are 256 random bits, so a plain hash cannot be turned back.
CREATE TABLE credential (
    id            uuid        PRIMARY KEY,
    tenant        text        NOT NULL,
    device        text        NOT NULL,
    kind          text        NOT NULL,
    secret_sha256 bytea       NOT NULL,
    created_at    timestamptz NOT NULL,
    FOREIGN KEY (tenant, device) REFERENCES device ON DELETE CASCADE
);
CREATE INDEX credential_by_device ON credential (tenant, device);
