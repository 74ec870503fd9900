-- Enrolments of other kinds than claim tokens, and what all of them want done with devices.
ALTER TABLE enrollment
    ALTER COLUMN token_sha256 DROP NOT NULL,
    ADD COLUMN attestation text  NOT NULL DEFAULT 'CLAIM_TOKEN',
    ADD COLUMN policy      jsonb NOT NULL DEFAULT '{}',
    ADD COLUMN group_id    text,
    ADD COLUMN sealed_key  bytea,
    ADD COLUMN public_key  text,
    ADD COLUMN certificate_sha256 bytea,
    ADD CHECK (attestation <> 'CLAIM_TOKEN'   OR token_sha256 IS NOT NULL),
    ADD CHECK (attestation <> 'SYMMETRIC_KEY' OR (sealed_key IS NOT NULL AND device_id IS NOT NULL)),
    ADD CHECK (attestation <> 'PUBLIC_KEY'    OR (public_key IS NOT NULL AND device_id IS NOT NULL)),
    ADD CHECK (attestation <> 'X509'          OR certificate_sha256 IS NOT NULL);
CREATE UNIQUE INDEX enrollment_of_device ON enrollment (tenant, device_id, attestation)
    WHERE attestation <> 'CLAIM_TOKEN' AND revoked_at IS NULL;
CREATE UNIQUE INDEX enrollment_of_certificate ON enrollment (tenant, certificate_sha256)
    WHERE certificate_sha256 IS NOT NULL AND revoked_at IS NULL;
CREATE INDEX enrollment_of_group ON enrollment (tenant, group_id, created_at DESC, id) WHERE group_id IS NOT NULL;

-- Who may bootstrap together. Keys are sealed.
CREATE TABLE enrollment_group (
    tenant               text        NOT NULL,
    id                   text        NOT NULL,
    version              bigint      NOT NULL,
    kind                 text        NOT NULL,
    attestation          jsonb       NOT NULL,
    sealed_primary_key   bytea,
    sealed_secondary_key bytea,
    policy               jsonb       NOT NULL,
    created_at           timestamptz NOT NULL,
    updated_at           timestamptz NOT NULL,
    PRIMARY KEY (tenant, id),
    CHECK (kind <> 'SYMMETRIC_KEY' OR (sealed_primary_key IS NOT NULL AND sealed_secondary_key IS NOT NULL))
);

-- Who of them may not.
CREATE TABLE enrollment_group_denied (
    tenant          text        NOT NULL,
    group_id        text        NOT NULL,
    registration_id text        NOT NULL,
    reason          text,
    denied_at       timestamptz NOT NULL,
    PRIMARY KEY (tenant, group_id, registration_id),
    FOREIGN KEY (tenant, group_id) REFERENCES enrollment_group ON DELETE CASCADE
);

-- How many have come, for groups with a quota only: who comes to another group waits for nobody.
CREATE TABLE enrollment_group_places (
    tenant   text    NOT NULL,
    group_id text    NOT NULL,
    taken    integer NOT NULL CHECK (taken >= 0),
    PRIMARY KEY (tenant, group_id),
    FOREIGN KEY (tenant, group_id) REFERENCES enrollment_group ON DELETE CASCADE
);

-- One row for a device's way in through a door (live), and one for its attempts that were turned away beside it.
-- enrollment_id is the door's name: that of an enrolment, or group/ and that of a group.
ALTER TABLE registration
    ADD COLUMN registration_id text,
    ADD COLUMN live          boolean NOT NULL DEFAULT false,
    ADD COLUMN address       text,
    ADD COLUMN generation    integer NOT NULL DEFAULT 0,
    ADD COLUMN mode          text    NOT NULL DEFAULT 'ENROL',
    ADD COLUMN admitted      boolean NOT NULL DEFAULT false,
    ADD COLUMN replaced      jsonb,
    ADD COLUMN registered_at timestamptz,
    ADD COLUMN approved_at   timestamptz,
    ADD COLUMN denied_at     timestamptz,
    ADD COLUMN platform      text,
    ADD COLUMN platform_url  text;

-- Of the rows that there are, the newest of its kind goes on; a service of the version before makes rows that do not.
WITH newest AS (
    SELECT DISTINCT ON (tenant, enrollment_id, device_id, outcome = 'REFUSED') id
    FROM registration WHERE enrollment_id IS NOT NULL
    ORDER BY tenant, enrollment_id, device_id, outcome = 'REFUSED', created_at DESC, id)
UPDATE registration r
SET registration_id = device_id,
    live            = outcome <> 'REFUSED',
    admitted        = outcome <> 'REFUSED',
    registered_at   = CASE WHEN outcome = 'REGISTERED' THEN updated_at END
FROM newest WHERE newest.id = r.id;

CREATE UNIQUE INDEX registration_of_door ON registration (tenant, enrollment_id, registration_id, live);
CREATE INDEX registration_by_status ON registration (tenant, outcome, created_at DESC, id);
