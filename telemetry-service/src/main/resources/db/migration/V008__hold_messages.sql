-- What gateway devices said for devices that the directory did not know behind them: it may not have heard of them yet. They wait
-- here until it has, or for a minute. Written rarely, read every other second.
CREATE TABLE held_message (
    id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    kind         text        NOT NULL,
    tenant       text        NOT NULL,
    gateway      text        NOT NULL,
    device       text        NOT NULL,
    routing_key  text        NOT NULL,
    content_type text,
    arrived      bigint      NOT NULL,
    received_at  bigint      NOT NULL,
    body         bytea       NOT NULL,
    held_at      timestamptz NOT NULL
);
CREATE INDEX held_message_by_gateway ON held_message (tenant, gateway, arrived);
