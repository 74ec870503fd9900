-- Whose event it is: tenants' events are relayed in turns, those of each in order. What begins with no tenant has turns of its own.
-- Repeatable, because versions are the services' to give; read from the payload, so that it is the same whoever has written the row.
ALTER TABLE outbox ADD COLUMN IF NOT EXISTS
    tenant text COLLATE "C" NOT NULL
    GENERATED ALWAYS AS (coalesce(substring(payload FROM '^\{"tenant":"([^"]+)"'), '*')) STORED;

CREATE INDEX IF NOT EXISTS outbox_by_tenant ON outbox (tenant, id);
