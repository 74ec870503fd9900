-- The certificates that devices were given.
CREATE TABLE certificate (
    serial          text        PRIMARY KEY,
    version         bigint      NOT NULL,
    tenant          text        NOT NULL,
    device_id       text        NOT NULL,
    issuer          text        NOT NULL,
    key_sha256      bytea       NOT NULL,
    encoded         bytea       NOT NULL,
    door            text        NOT NULL,
    registration_id uuid,
    issued_at       timestamptz NOT NULL,
    expires_at      timestamptz NOT NULL,
    warn_at         timestamptz NOT NULL,
    warned_at       timestamptz,
    revoked_at      timestamptz,
    reason          text,
    CHECK ((revoked_at IS NULL) = (reason IS NULL))
);
CREATE INDEX certificate_by_age ON certificate (tenant, issued_at DESC, serial);
CREATE INDEX certificate_by_device ON certificate (tenant, device_id, issued_at);
CREATE INDEX certificate_by_end ON certificate (expires_at);
-- What the revocation lists are made of.
CREATE INDEX certificate_revoked ON certificate (issuer, expires_at) WHERE revoked_at IS NOT NULL;
CREATE INDEX certificate_compromised ON certificate (key_sha256) WHERE reason = 'KEY_COMPROMISE';
CREATE INDEX certificate_to_watch ON certificate (warn_at) WHERE warned_at IS NULL AND revoked_at IS NULL;
