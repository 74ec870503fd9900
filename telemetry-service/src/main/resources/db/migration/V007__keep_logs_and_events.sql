-- What devices log and what they say has happened, one partition a day in UTC. key is made of what is said and of how often the
-- same message says it, so that a repetition meets the primary key. Numbers (id) are given in the order in which things arrive:
-- what has the same time is shown in that order.
CREATE SEQUENCE device_log_id;
CREATE TABLE device_log (
    tenant      text        NOT NULL,
    device      text        NOT NULL,
    ts          timestamptz NOT NULL,
    key         bigint      NOT NULL,
    id          bigint      NOT NULL DEFAULT nextval('device_log_id'),
    level       smallint    NOT NULL,
    message     text        NOT NULL,
    truncated   boolean     NOT NULL,
    received_at timestamptz NOT NULL,
    PRIMARY KEY (tenant, device, ts, key)
) PARTITION BY RANGE (ts);
CREATE INDEX device_log_by_tenant ON device_log (tenant, ts, id);
-- Most of what is logged is of no weight; who looks for the rest does not have to pass over it. 2 is warn.
CREATE INDEX device_log_grave ON device_log (tenant, ts, id) WHERE level >= 2;
-- The tenant and the device are words of each line: a tenant's search costs what the tenant has, however much others have.
CREATE INDEX device_log_words ON device_log USING gin
    ((array_to_tsvector(ARRAY['@' || tenant, '#' || device]) || to_tsvector('simple', message)));

CREATE SEQUENCE device_event_id;
CREATE TABLE device_event (
    tenant      text        NOT NULL,
    device      text        NOT NULL,
    ts          timestamptz NOT NULL,
    key         bigint      NOT NULL,
    id          bigint      NOT NULL DEFAULT nextval('device_event_id'),
    type        text        NOT NULL,
    severity    smallint    NOT NULL,
    data        jsonb       NOT NULL,
    received_at timestamptz NOT NULL,
    PRIMARY KEY (tenant, device, ts, key)
) PARTITION BY RANGE (ts);
CREATE INDEX device_event_by_tenant ON device_event (tenant, ts, id);
CREATE INDEX device_event_by_type ON device_event (tenant, type, ts, id);
