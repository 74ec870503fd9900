CREATE TABLE command (
    id              uuid        PRIMARY KEY,
    tenant          text        NOT NULL,
    device          text        NOT NULL,
    name            text        NOT NULL,
    args            jsonb,
    state           text        NOT NULL,
    progress        int,
    result          jsonb,
    error           jsonb,
    idempotency_key text,
    created_at      timestamptz NOT NULL,
    expires_at      timestamptz NOT NULL,
    -- when it is to be sent; null when there is nothing to send now
    send_at         timestamptz,
    sent_at         timestamptz,
    answered_at     timestamptz,
    finished_at     timestamptz,
    version         bigint      NOT NULL,
    FOREIGN KEY (tenant, device) REFERENCES device ON DELETE CASCADE,
    UNIQUE (tenant, device, idempotency_key)
);
CREATE INDEX command_by_device ON command (tenant, device, created_at DESC, id DESC);
CREATE INDEX command_undelivered ON command (tenant, device) WHERE state IN ('QUEUED', 'SENT');
CREATE INDEX command_to_send ON command (send_at) WHERE send_at IS NOT NULL;
CREATE INDEX command_to_expire ON command (expires_at) WHERE state IN ('QUEUED', 'SENT');
CREATE INDEX command_finished ON command (finished_at) WHERE finished_at IS NOT NULL;
