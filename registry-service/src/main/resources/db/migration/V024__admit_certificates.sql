-- A certificate is recognised by its device's name, which its authority has signed, so nothing secret is kept of it.
ALTER TABLE credential ALTER COLUMN secret_sha256 DROP NOT NULL;
ALTER TABLE credential ADD COLUMN certificate_sha256 bytea;
ALTER TABLE credential ADD COLUMN serial             text;
ALTER TABLE credential ADD COLUMN expires_at         timestamptz;
ALTER TABLE credential ADD CONSTRAINT credential_of_a_kind CHECK (CASE kind
    WHEN 'secret' THEN secret_sha256 IS NOT NULL AND certificate_sha256 IS NULL
    WHEN 'certificate' THEN secret_sha256 IS NULL AND sealed_token_key IS NULL
        AND certificate_sha256 IS NOT NULL AND serial IS NOT NULL AND expires_at IS NOT NULL
    ELSE false END);
