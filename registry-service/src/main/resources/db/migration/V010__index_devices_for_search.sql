-- What the firmware service says is on a device.
ALTER TABLE device ADD COLUMN firmware jsonb NOT NULL DEFAULT '{}';

-- For equality, which expressions ask by containment.
CREATE INDEX device_by_tags ON device USING gin (tags jsonb_path_ops);
CREATE INDEX device_by_identifiers ON device USING gin (identifiers jsonb_path_ops);
CREATE INDEX device_by_firmware ON device USING gin (firmware jsonb_path_ops);
CREATE INDEX device_state_by_reported ON device_state USING gin (reported jsonb_path_ops);
CREATE INDEX device_state_by_desired ON device_state USING gin (desired jsonb_path_ops);

-- How many devices have a tag is told from a sample of whole documents: the larger, the better it tells rare tags from
-- common ones, and so whether to ask the index or to go through devices in the order of their ids.
ALTER TABLE device ALTER COLUMN tags SET STATISTICS 1000;
