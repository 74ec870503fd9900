-- What programs and people show to be let in. A key without a tenant belongs to the platform.
CREATE TABLE api_key (
    id          text        PRIMARY KEY,
    tenant      text,
    role        text        NOT NULL,
    name        text        NOT NULL,
    secret_hash bytea       NOT NULL,
    created_at  timestamptz NOT NULL,
    expires_at  timestamptz,
    version     bigint      NOT NULL,
    CONSTRAINT platform_admins_have_no_tenant CHECK (role <> 'platform-admin' OR tenant IS NULL)
);
CREATE INDEX api_key_by_age ON api_key (tenant, created_at, id);

-- The public halves of the keys with which the replicas sign internal tokens.
CREATE TABLE signing_key (
    id         text        PRIMARY KEY,
    jwk        text        NOT NULL,
    expires_at timestamptz NOT NULL
);
CREATE INDEX signing_key_by_expiry ON signing_key (expires_at);
