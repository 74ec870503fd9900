-- The key of the tokens that the holder of a secret signs, sealed with a key that is not in the database. Secrets from
-- before have none: only their hash is known.
ALTER TABLE credential ADD COLUMN sealed_token_key bytea;

-- Devices that signed in to the broker with a token last time, and when what it proved ends.
CREATE TABLE token_session (
    tenant     text        NOT NULL,
    device     text        NOT NULL,
    opened_at  timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    PRIMARY KEY (tenant, device),
    FOREIGN KEY (tenant, device) REFERENCES device ON DELETE CASCADE
);
CREATE INDEX token_session_by_expiry ON token_session (expires_at);

-- Who is turned away for a while after too many failures: a user name at a network address, or, with an empty user
-- name, whoever has not been let in from that address before.
CREATE TABLE lockout (
    address  text        NOT NULL,
    username text        NOT NULL,
    failures integer     NOT NULL,
    until    timestamptz NOT NULL,
    PRIMARY KEY (address, username)
);
