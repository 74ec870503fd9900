-- What happened to devices. There are no keys but the index: nobody refers to an entry, and whoever writes one makes sure that
-- he does so once. The device need not exist any more. Partitions are made and dropped by the service.
CREATE SEQUENCE device_timeline_seq;
CREATE TABLE device_timeline (
    tenant  text        NOT NULL,
    device  text        NOT NULL,
    at      timestamptz NOT NULL,
    seq     bigint      NOT NULL DEFAULT nextval('device_timeline_seq'),
    kind    text        NOT NULL,
    event   text        NOT NULL,
    details jsonb       NOT NULL
) PARTITION BY RANGE (at);
-- With the kind, so that those that are not asked for are passed over within the index.
CREATE INDEX device_timeline_by_device ON device_timeline (tenant, device, at DESC, seq DESC, kind);

-- A device that connects again and again, since when and how often since then; one that has been away for longer than it may,
-- and from when on it is. That time is reckoned when it goes, so that nobody has to look at those whose time has not come.
ALTER TABLE presence
    ADD COLUMN flapping_since    timestamptz,
    ADD COLUMN flapping_connects int     NOT NULL DEFAULT 0,
    ADD COLUMN silent            boolean NOT NULL DEFAULT false,
    ADD COLUMN silent_at         timestamptz;
CREATE INDEX presence_flapping ON presence (connected_at) WHERE flapping_since IS NOT NULL;
CREATE INDEX presence_silent ON presence (tenant, device) WHERE silent;
-- For how many seconds devices of a type may be away, as that time is reckoned with: what their type says now may be other.
CREATE TABLE silence_allowance (
    tenant  text   NOT NULL REFERENCES tenant ON DELETE CASCADE,
    type    text   NOT NULL,
    seconds bigint NOT NULL,
    PRIMARY KEY (tenant, type)
);
CREATE INDEX presence_to_be_silent ON presence (silent_at) WHERE silent_at IS NOT NULL AND NOT silent;

-- What a device runs, as far as deployments tell.
ALTER TABLE device ADD COLUMN IF NOT EXISTS firmware jsonb NOT NULL DEFAULT '{}';
