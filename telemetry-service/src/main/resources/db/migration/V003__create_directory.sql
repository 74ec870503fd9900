-- A copy of the registry's devices, fed by its events. A deleted device stays as a mark, so that an older event that
-- arrives late does not bring it back.
CREATE TABLE device (
    tenant  text    NOT NULL,
    device  text    NOT NULL,
    version bigint  NOT NULL,
    deleted boolean NOT NULL,
    PRIMARY KEY (tenant, device)
);
