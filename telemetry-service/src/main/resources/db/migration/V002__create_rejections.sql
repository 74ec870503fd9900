-- What was refused and why. digest makes the same refusal of a message that the broker delivers again one row.
CREATE TABLE rejection (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    tenant      text        NOT NULL,
    device      text        NOT NULL,
    topic       text        NOT NULL,
    received_at timestamptz NOT NULL,
    reason      text        NOT NULL,
    detail      text        NOT NULL,
    pointer     text        NOT NULL,
    payload     bytea       NOT NULL,
    digest      bigint      NOT NULL,
    UNIQUE (tenant, device, received_at, pointer, digest)
);
CREATE INDEX rejection_newest ON rejection (tenant, id DESC);
CREATE INDEX rejection_newest_of_device ON rejection (tenant, device, id DESC);
CREATE INDEX rejection_by_age ON rejection (received_at);
