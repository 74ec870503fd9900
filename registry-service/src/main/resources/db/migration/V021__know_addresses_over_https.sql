-- From where devices were let in over HTTPS, the latest few of each; a connection to the broker is on record anyway.
CREATE TABLE known_address (
    tenant  text        NOT NULL,
    device  text        NOT NULL,
    address text        NOT NULL,
    seen_at timestamptz NOT NULL,
    PRIMARY KEY (tenant, device, address),
    FOREIGN KEY (tenant, device) REFERENCES device ON DELETE CASCADE
);
