-- A copy of the limits that the registry sets tenants, fed by its events. A deleted tenant stays as a mark.
CREATE TABLE tenant (
    tenant                  text    PRIMARY KEY,
    version                 bigint  NOT NULL,
    deleted                 boolean NOT NULL,
    max_messages_per_second bigint,
    max_stored_days         int
);
CREATE INDEX tenant_limited ON tenant (tenant)
    WHERE max_messages_per_second IS NOT NULL OR max_stored_days IS NOT NULL;

-- What arrived, by tenant, day and shard: a shard has one reader, so that readers do not wait for each other.
CREATE TABLE tenant_usage (
    tenant       text   NOT NULL,
    day          date   NOT NULL,
    queue        text   NOT NULL,
    messages     bigint NOT NULL,
    measurements bigint NOT NULL,
    refused      bigint NOT NULL,
    bytes        bigint NOT NULL,
    PRIMARY KEY (day, tenant, queue)
);

-- What of it others have been told.
CREATE TABLE usage_told (
    tenant   text   NOT NULL,
    day      date   NOT NULL,
    messages bigint NOT NULL,
    PRIMARY KEY (day, tenant)
);
