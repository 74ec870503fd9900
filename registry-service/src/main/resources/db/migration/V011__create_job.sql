-- Work over many devices, done page by page in the order of their ids.
CREATE TABLE job (
    id              uuid        PRIMARY KEY,
    tenant          text        NOT NULL REFERENCES tenant ON DELETE CASCADE,
    kind            text        NOT NULL,
    state           text        NOT NULL,
    target          jsonb       NOT NULL,
    request         jsonb       NOT NULL,
    -- devices a second; null as fast as it goes
    rate            int,
    -- the last device that was dealt with
    position        text        NOT NULL,
    -- how many of the next devices are dealt with one by one, because one of them spoiled a page
    one_by_one      int         NOT NULL,
    done            bigint      NOT NULL,
    failures        jsonb       NOT NULL,
    reason          text,
    idempotency_key text,
    created_at      timestamptz NOT NULL,
    started_at      timestamptz,
    finished_at     timestamptz,
    -- when it goes on; null when nothing is left to do
    due_at          timestamptz,
    worked_at       timestamptz NOT NULL,
    version         bigint      NOT NULL,
    UNIQUE (tenant, kind, idempotency_key)
);
CREATE INDEX job_by_tenant ON job (tenant, created_at DESC, id DESC);
CREATE INDEX job_due ON job (due_at) WHERE due_at IS NOT NULL;
CREATE INDEX job_finished ON job (finished_at) WHERE finished_at IS NOT NULL;

-- Counts per outcome. Whoever changes one only adds a row, so that nobody waits for anybody, not even for the job: hence no
-- foreign key from the changes. They are added up now and then.
CREATE TABLE job_count (
    job     uuid   NOT NULL REFERENCES job ON DELETE CASCADE,
    outcome text   NOT NULL,
    count   bigint NOT NULL,
    PRIMARY KEY (job, outcome)
);
CREATE TABLE job_count_change (
    job     uuid   NOT NULL,
    outcome text   NOT NULL,
    change  bigint NOT NULL
);
CREATE INDEX job_count_change_by_job ON job_count_change (job);

ALTER TABLE command
    -- grows with each command of a device: the order in which they are sent
    ADD COLUMN number   bigint,
    -- the job that gave it, if one did
    ADD COLUMN batch    uuid,
    -- how often in a row no queue of the device took it; after some times those behind it need not wait for it
    ADD COLUMN tries    int     NOT NULL DEFAULT 0;
-- those that there are, in the order in which they were given: an identity would number them as they happen to lie
UPDATE command SET number = numbered.number
FROM (SELECT id, row_number() OVER (ORDER BY created_at, id) AS number FROM command) AS numbered
WHERE command.id = numbered.id;
ALTER TABLE command
    ALTER COLUMN number SET NOT NULL,
    ALTER COLUMN number ADD GENERATED ALWAYS AS IDENTITY;
SELECT setval(pg_get_serial_sequence('command', 'number'), coalesce(max(number), 0) + 1, false) FROM command;
CREATE INDEX command_of_batch ON command (batch, number) WHERE batch IS NOT NULL;
CREATE INDEX command_unsent_of_batch ON command (batch) WHERE batch IS NOT NULL AND state = 'QUEUED';
CREATE INDEX command_in_turn ON command (tenant, device, number) WHERE send_at IS NOT NULL AND tries < 4;
-- command_unfinished serves as well
DROP INDEX command_undelivered;
