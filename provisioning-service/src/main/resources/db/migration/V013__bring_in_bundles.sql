-- When the bundle was made that a group or an authority was brought by last; none, if it was made here.
ALTER TABLE enrollment_group ADD COLUMN bundle_made_at timestamptz;
ALTER TABLE certificate_authority ADD COLUMN bundle_made_at timestamptz;
