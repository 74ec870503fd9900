-- What provisioning let a device in by the last time: the same again is a repetition, whose answer was lost.
ALTER TABLE device ADD COLUMN provisioned text;
