-- Connections to be closed, written together with the reason for it.
CREATE TABLE disconnection (
    id        bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    tenant    text        NOT NULL,
    device    text        NOT NULL,
    remaining int         NOT NULL,
    due_at    timestamptz NOT NULL
);
CREATE INDEX disconnection_by_due ON disconnection (due_at);
