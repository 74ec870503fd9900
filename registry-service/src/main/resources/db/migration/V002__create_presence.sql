-- Epochs grow for ever, whatever becomes of a device in between.
CREATE SEQUENCE connection_epoch;

-- One row for each device, made with it, so that there is always something to lock.
CREATE TABLE presence (
    tenant          text    NOT NULL,
    device          text    NOT NULL,
    connected       boolean NOT NULL DEFAULT false,
    epoch           bigint  NOT NULL DEFAULT 0,
    connection_name text,
    connected_at    timestamptz,
    last_seen_at    timestamptz,
    PRIMARY KEY (tenant, device),
    FOREIGN KEY (tenant, device) REFERENCES device ON DELETE CASCADE
);
CREATE INDEX presence_connected ON presence (tenant, device) WHERE connected;

-- A name is a pair of addresses and ports and comes again: only with the time it names a connection.
CREATE TABLE connection (
    epoch           bigint      PRIMARY KEY DEFAULT nextval('connection_epoch'),
    tenant          text        NOT NULL,
    device          text        NOT NULL,
    name            text        NOT NULL,
    address         text,
    protocol        text,
    connected_at    timestamptz NOT NULL,
    disconnected_at timestamptz,
    cause           text,
    UNIQUE (tenant, device, name, connected_at),
    FOREIGN KEY (tenant, device) REFERENCES device ON DELETE CASCADE
);
CREATE INDEX connection_by_device ON connection (tenant, device, epoch DESC);
CREATE INDEX connection_by_end ON connection (disconnected_at);

-- Which replica does what only one should, and until when nobody else begins.
CREATE TABLE lease (
    name       text        PRIMARY KEY,
    expires_at timestamptz NOT NULL
);
