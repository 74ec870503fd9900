-- When the registry did not admit a certificate, so that its device was not given it; and when it admitted one once more.
ALTER TABLE certificate
    ADD COLUMN withheld_at timestamptz,
    ADD COLUMN admitted_at timestamptz;
CREATE INDEX certificate_withheld ON certificate (withheld_at) WHERE withheld_at IS NOT NULL;
