-- What a device sends on one stream. The days bound where its measurements lie, so that a question about it looks at
-- those partitions only; they grow in the transaction that stores the measurements.
CREATE TABLE series (
    id        bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    tenant    text NOT NULL,
    device    text NOT NULL,
    stream    text NOT NULL,
    first_day date,
    last_day  date,
    UNIQUE (tenant, device, stream)
);

-- One partition a day, in UTC, named measurement_20261121. key tells apart measurements of one time: the device's seq,
-- or a hash of the values where it gives none, so that a repetition meets the primary key.
CREATE TABLE measurement (
    series_id      bigint      NOT NULL,
    ts             timestamptz NOT NULL,
    key            bigint      NOT NULL,
    seq            bigint,
    received_at    timestamptz NOT NULL,
    schema_version integer,
    values         jsonb       NOT NULL,
    PRIMARY KEY (series_id, ts, key)
) PARTITION BY RANGE (ts);

-- Who reads a shard. A reader that lost it, and does not know yet, finds another's session here and stores nothing more.
CREATE TABLE shard (
    queue   text PRIMARY KEY,
    session uuid NOT NULL
);
