-- What a device is to be like and what it says it is like. A device has a row from the first change on.
CREATE TABLE device_state (
    tenant           text        NOT NULL,
    device           text        NOT NULL,
    desired          jsonb       NOT NULL DEFAULT '{}',
    desired_version  bigint      NOT NULL DEFAULT 0,
    desired_at       timestamptz,
    reported         jsonb       NOT NULL DEFAULT '{}',
    reported_version bigint      NOT NULL DEFAULT 0,
    reported_at      timestamptz,
    -- whether reported has all that is desired, as it was when either last changed
    in_sync          boolean     NOT NULL DEFAULT true,
    -- what the device last sent, so that a message that the broker delivers again is not applied again
    heard            bigint[]    NOT NULL DEFAULT '{}',
    heard_at         timestamptz,
    -- when the device is to be told what is desired; null when there is nothing to tell now
    send_at          timestamptz,
    -- until when somebody is telling it, and nobody else may begin: or an older version could arrive after a newer
    sending_until    timestamptz,
    -- the newest version that a queue of the device has taken, and how often in vain it was tried since
    sent_version     bigint      NOT NULL DEFAULT 0,
    send_failures    int         NOT NULL DEFAULT 0,
    PRIMARY KEY (tenant, device),
    FOREIGN KEY (tenant, device) REFERENCES device ON DELETE CASCADE
);
CREATE INDEX device_state_to_send ON device_state (send_at) WHERE send_at IS NOT NULL;

-- The versions that the state of a deleted device ended with: should one come again under its id, they go on from there, so
-- that a device never takes an old desired state for a new one.
CREATE TABLE deleted_device_state (
    tenant           text   NOT NULL,
    device           text   NOT NULL,
    desired_version  bigint NOT NULL,
    reported_version bigint NOT NULL,
    PRIMARY KEY (tenant, device)
);

-- Every change, with the way back. Each change of a device, of either side, has the next number: the sum of both versions
-- after it. Times never go back as numbers grow. Now and then both documents are kept whole, so that no way back is long.
CREATE TABLE device_state_change (
    tenant           text        NOT NULL,
    device           text        NOT NULL,
    number           bigint      NOT NULL,
    side             text        NOT NULL,
    version          bigint      NOT NULL,
    patch            jsonb       NOT NULL,
    way_back         jsonb       NOT NULL,
    desired          jsonb,
    reported         jsonb,
    changed_at       timestamptz NOT NULL,
    changed_by       text        NOT NULL,
    PRIMARY KEY (tenant, device, number),
    FOREIGN KEY (tenant, device) REFERENCES device_state ON DELETE CASCADE
);
CREATE INDEX device_state_change_by_time ON device_state_change (tenant, device, changed_at);
-- rows are written in about the order of their times, and only what is oldest is looked for
CREATE INDEX device_state_change_age ON device_state_change USING brin (changed_at);
