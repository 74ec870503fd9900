-- A copy of what the telemetry service counts, fed by its events.
CREATE TABLE tenant_usage (
    tenant       text   NOT NULL REFERENCES tenant ON DELETE CASCADE,
    day          date   NOT NULL,
    messages     bigint NOT NULL,
    measurements bigint NOT NULL,
    refused      bigint NOT NULL,
    bytes        bigint NOT NULL,
    PRIMARY KEY (tenant, day)
);
