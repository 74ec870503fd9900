-- The board that was not to take another's place, by its identifiers and what tells it from others, and why not.
ALTER TABLE registration
    ADD COLUMN denied jsonb;

-- A certificate that is listed is known by its enrolment, though that was revoked.
CREATE INDEX enrollment_by_certificate ON enrollment (tenant, certificate_sha256) WHERE certificate_sha256 IS NOT NULL;
