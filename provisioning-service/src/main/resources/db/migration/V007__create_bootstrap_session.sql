-- Who was let in last to bootstrap over MQTT under a device's name: their door, and the hash of their claim token or nothing.
CREATE TABLE bootstrap_session (
    tenant       text        NOT NULL,
    device       text        NOT NULL,
    door         text        NOT NULL,
    token_sha256 bytea       NOT NULL,
    signed_in_at timestamptz NOT NULL,
    PRIMARY KEY (tenant, device)
);

CREATE INDEX bootstrap_session_signed_in_at ON bootstrap_session (signed_in_at);

-- Through which doors, and with which claim tokens, a device has come.
CREATE INDEX registration_of_device ON registration (tenant, registration_id) WHERE live;
CREATE INDEX enrollment_by_admitted_device ON enrollment (tenant, admitted_device) WHERE admitted_device IS NOT NULL;
