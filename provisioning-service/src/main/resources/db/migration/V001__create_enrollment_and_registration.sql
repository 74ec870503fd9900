-- Who may bootstrap. Of a claim token only the SHA-256 is here.
CREATE TABLE enrollment (
    tenant          text        NOT NULL,
    id              text        NOT NULL,
    version         bigint      NOT NULL,
    token_sha256    bytea       NOT NULL UNIQUE,
    device_id       text,
    device_type     text,
    tags            jsonb       NOT NULL,
    expires_at      timestamptz,
    created_at      timestamptz NOT NULL,
    revoked_at      timestamptz,
    admitted_device text,
    admitted_at     timestamptz,
    PRIMARY KEY (tenant, id),
    CHECK ((admitted_device IS NULL) = (admitted_at IS NULL))
);
CREATE INDEX enrollment_by_age ON enrollment (tenant, created_at DESC, id);

-- Who tried to. A device that repeats its request keeps its row.
CREATE TABLE registration (
    id               uuid        PRIMARY KEY,
    version          bigint      NOT NULL,
    tenant           text        NOT NULL,
    device_id        text        NOT NULL,
    enrollment_id    text,
    identifiers      jsonb       NOT NULL,
    hardware_version text,
    firmware_version text,
    outcome          text        NOT NULL,
    reason           text,
    attempts         integer     NOT NULL,
    created_at       timestamptz NOT NULL,
    updated_at       timestamptz NOT NULL
);
CREATE INDEX registration_by_age ON registration (tenant, created_at DESC, id);
CREATE INDEX registration_by_device ON registration (tenant, device_id);
CREATE INDEX registration_refused ON registration (updated_at) WHERE outcome = 'REFUSED';
