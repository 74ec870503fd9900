-- The gateway device that may speak for a device, which must be allowed to connect.
ALTER TABLE device ADD COLUMN gateway text;
