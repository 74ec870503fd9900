-- A bundle of diagnostics that a device was asked for, and what came of it.
CREATE TABLE diagnostics (
    id            uuid        PRIMARY KEY,
    tenant        text        NOT NULL,
    device        text        NOT NULL,
    command       uuid        NOT NULL UNIQUE,
    maximum_bytes bigint      NOT NULL,
    requested_at  timestamptz NOT NULL,
    expires_at    timestamptz NOT NULL,
    -- the upload that is under way, or that it was received with
    upload        uuid,
    began_at      timestamptz,
    received_at   timestamptz,
    size          bigint,
    sha256        text,
    content_type  text,
    FOREIGN KEY (tenant, device) REFERENCES device ON DELETE CASCADE
);
CREATE INDEX diagnostics_by_device ON diagnostics (tenant, device, requested_at DESC, id DESC);
CREATE INDEX diagnostics_by_age ON diagnostics (requested_at);
CREATE INDEX diagnostics_taking_room ON diagnostics (tenant) INCLUDE (size, maximum_bytes) WHERE upload IS NOT NULL;
CREATE INDEX diagnostics_under_way ON diagnostics (began_at) WHERE upload IS NOT NULL AND received_at IS NULL;

-- The bytes, each part written by itself as it arrives. Those of an upload that is not the one on record are nobody's.
CREATE TABLE diagnostics_part (
    diagnostics uuid  NOT NULL REFERENCES diagnostics ON DELETE CASCADE,
    upload      uuid  NOT NULL,
    number      int   NOT NULL,
    bytes       bytea NOT NULL,
    PRIMARY KEY (diagnostics, upload, number)
);
-- Bundles are archives: to compress them again is in vain.
ALTER TABLE diagnostics_part ALTER COLUMN bytes SET STORAGE EXTERNAL;
