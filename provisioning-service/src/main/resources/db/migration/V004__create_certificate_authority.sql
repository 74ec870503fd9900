-- Authorities of customers. Nothing that one has issued is believed before the tenant has proved that the key is in its hands.
CREATE TABLE certificate_authority (
    tenant               text        NOT NULL,
    id                   text        NOT NULL,
    version              bigint      NOT NULL,
    certificate          bytea       NOT NULL,
    sha256               bytea       NOT NULL,
    -- as names are compared, to find who has issued a certificate
    subject              text        NOT NULL,
    rules                jsonb       NOT NULL,
    valid_from           timestamptz NOT NULL,
    valid_until          timestamptz NOT NULL,
    challenge            text,
    challenge_expires_at timestamptz,
    verified_at          timestamptz,
    created_at           timestamptz NOT NULL,
    PRIMARY KEY (tenant, id),
    UNIQUE (tenant, sha256),
    CHECK ((challenge IS NULL) = (challenge_expires_at IS NULL))
);
CREATE INDEX certificate_authority_by_subject ON certificate_authority (tenant, subject);
