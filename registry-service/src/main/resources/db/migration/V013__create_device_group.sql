CREATE TABLE device_group (
    tenant     text        NOT NULL REFERENCES tenant ON DELETE CASCADE,
    id         text        NOT NULL,
    name       text,
    -- an expression that is true of its members; a group without one has the members listed below
    filter     text,
    created_at timestamptz NOT NULL,
    changed_at timestamptz NOT NULL,
    version    bigint      NOT NULL,
    PRIMARY KEY (tenant, id)
);

CREATE TABLE device_group_member (
    tenant   text NOT NULL,
    group_id text NOT NULL,
    device   text NOT NULL,
    PRIMARY KEY (tenant, group_id, device),
    FOREIGN KEY (tenant, group_id) REFERENCES device_group ON DELETE CASCADE,
    FOREIGN KEY (tenant, device) REFERENCES device ON DELETE CASCADE
);
CREATE INDEX device_group_member_by_device ON device_group_member (tenant, device);
