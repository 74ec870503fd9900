CREATE INDEX device_group_expression ON device_group (tenant) WHERE filter IS NOT NULL;

-- The last version of a deleted group: should one come again under its name, its versions go on from there.
CREATE TABLE deleted_group (
    tenant  text   NOT NULL REFERENCES tenant ON DELETE CASCADE,
    id      text   NOT NULL,
    version bigint NOT NULL,
    PRIMARY KEY (tenant, id)
);

-- Membership of groups is told of now, as firmware is: what may ask for them is looked at, at the cost of looking once too often.
UPDATE configuration SET reads = reads || '{firmware,groups}' WHERE reads @> '{swept}';

-- Devices that were passed over because looking at them failed; they are looked at again after a while.
CREATE TABLE configuration_failure (
    tenant text        NOT NULL,
    device text        NOT NULL,
    reason text        NOT NULL,
    at     timestamptz NOT NULL,
    PRIMARY KEY (tenant, device),
    FOREIGN KEY (tenant, device) REFERENCES device ON DELETE CASCADE
);
CREATE INDEX configuration_failure_by_age ON configuration_failure (at);
CREATE INDEX configuration_turns_held ON configuration_turns (tenant, device) WHERE held_at IS NOT NULL;

-- A job that is paused has not finished, and is due at no time.
CREATE INDEX job_unfinished ON job (tenant) WHERE finished_at IS NULL;
