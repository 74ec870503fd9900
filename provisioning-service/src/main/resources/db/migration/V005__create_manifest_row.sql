-- Which secure element sits in which device, as factories list it. Elements are compared byte by byte, and found by how they begin.
CREATE TABLE manifest_row (
    tenant     text             NOT NULL,
    group_id   text             NOT NULL,
    element    text COLLATE "C" NOT NULL,
    device_id  text             NOT NULL,
    public_key text,
    attributes jsonb            NOT NULL,
    updated_at timestamptz      NOT NULL,
    PRIMARY KEY (tenant, group_id, element),
    FOREIGN KEY (tenant, group_id) REFERENCES enrollment_group ON DELETE CASCADE
);
CREATE INDEX manifest_row_by_device ON manifest_row (tenant, device_id);
