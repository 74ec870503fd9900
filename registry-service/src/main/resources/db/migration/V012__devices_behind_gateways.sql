-- A device may sit behind another, which then speaks for it; that one sits behind none itself and stays while it has any.
ALTER TABLE device ADD COLUMN gateway text;
ALTER TABLE device ADD CONSTRAINT device_gateway FOREIGN KEY (tenant, gateway) REFERENCES device
    DEFERRABLE INITIALLY DEFERRED;
CREATE INDEX device_by_gateway ON device (tenant, gateway) WHERE gateway IS NOT NULL;
