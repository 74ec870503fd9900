-- A way to sleeping devices. Who sends through it has it to himself, so that its rate holds for all replicas together.
CREATE TABLE wake_up_channel (
    tenant        text        NOT NULL REFERENCES tenant ON DELETE CASCADE,
    id            text        NOT NULL,
    kind          text        NOT NULL,
    settings      jsonb       NOT NULL,
    -- what requests are signed with, or the password: sealed with a key that is not in the database
    sealed_secret bytea       NOT NULL,
    created_at    timestamptz NOT NULL,
    version       bigint      NOT NULL,
    -- until when nobody begins to send through it: because somebody does, or because it rests
    turn_at       timestamptz NOT NULL DEFAULT '2000-01-01T00:00:00Z',
    -- how often in a row it did not work
    failures      int         NOT NULL DEFAULT 0,
    PRIMARY KEY (tenant, id)
);

ALTER TABLE device_type
    ADD COLUMN wake_up_channel text,
    -- where the number of a device is: identifiers.msisdn
    ADD COLUMN wake_up_address text,
    ADD FOREIGN KEY (tenant, wake_up_channel) REFERENCES wake_up_channel;
CREATE INDEX device_type_by_wake_up_channel ON device_type (tenant, wake_up_channel) WHERE wake_up_channel IS NOT NULL;

-- A device is wanted. There is one open row of a device at the most, for all that it is wanted for.
CREATE TABLE wake_up (
    id           uuid          PRIMARY KEY,
    tenant       text          NOT NULL,
    device       text          NOT NULL,
    channel      text          NOT NULL,
    reason       text          NOT NULL,
    state        text          NOT NULL,
    -- until when it is wanted although nothing waits for it
    wanted_until timestamptz,
    -- when the channel took a message
    sent_at      timestamptz[] NOT NULL DEFAULT '{}',
    -- how often since the channel has not
    failures     int           NOT NULL DEFAULT 0,
    last_error   text,
    -- of the message under way: should it be sent again after a crash, it is the same
    nonce        text,
    signed_at    timestamptz,
    created_at   timestamptz   NOT NULL,
    -- when to try next, or when somebody who is at it must be dead; null at the end
    due_at       timestamptz,
    finished_at  timestamptz,
    FOREIGN KEY (tenant, device) REFERENCES device ON DELETE CASCADE
);
CREATE UNIQUE INDEX wake_up_open ON wake_up (tenant, device) WHERE state = 'WAITING';
CREATE INDEX wake_up_by_device ON wake_up (tenant, device, created_at DESC, id DESC);
CREATE INDEX wake_up_due ON wake_up (tenant, channel, due_at) WHERE due_at IS NOT NULL;
CREATE INDEX wake_up_finished ON wake_up (finished_at) WHERE finished_at IS NOT NULL;

-- Deployments that firmware has begun. Those that it has ended are kept a while, lest one that is heard of too late begin anew.
CREATE TABLE awaited_deployment (
    deployment uuid        PRIMARY KEY,
    tenant     text        NOT NULL,
    device     text        NOT NULL,
    created_at timestamptz NOT NULL,
    ended_at   timestamptz,
    FOREIGN KEY (tenant, device) REFERENCES device ON DELETE CASCADE
);
CREATE INDEX awaited_deployment_by_device ON awaited_deployment (tenant, device);
CREATE INDEX awaited_deployment_ended ON awaited_deployment (ended_at) WHERE ended_at IS NOT NULL;

-- How many messages a tenant has sent in the minute under way.
CREATE TABLE wake_up_allowance (
    tenant text        PRIMARY KEY REFERENCES tenant ON DELETE CASCADE,
    minute timestamptz NOT NULL,
    used   int         NOT NULL
);

-- Whether something waits for a device, or for one that is reached through it.
CREATE FUNCTION something_waits_for(whose text, which text, at timestamptz) RETURNS boolean
    LANGUAGE sql STABLE SET search_path FROM CURRENT
AS $$
    SELECT EXISTS (SELECT FROM device
                   WHERE tenant = whose AND enabled AND (id = which AND gateway IS NULL OR gateway = which)
                   AND (EXISTS (SELECT FROM command WHERE tenant = whose AND command.device = device.id
                                AND state IN ('QUEUED', 'SENT') AND expires_at > at)
                        OR EXISTS (SELECT FROM awaited_deployment
                                   WHERE tenant = whose AND awaited_deployment.device = device.id AND ended_at IS NULL)))
$$;

-- Has devices woken, as far as they are asleep and their type says how; in place of those behind a gateway, the gateway. Of one that is being woken the next message comes
-- earlier, though not before the pause after the last is over. Rows are locked in the order of their names, as everywhere.
CREATE FUNCTION want_awake(tenants text[], devices text[], why text, at timestamptz, due timestamptz, until timestamptz,
                           pause interval)
    RETURNS void LANGUAGE sql SET search_path FROM CURRENT
AS $$
    INSERT INTO wake_up (id, tenant, device, channel, reason, state, wanted_until, created_at, due_at)
    SELECT gen_random_uuid(), asleep.tenant, asleep.device, asleep.wake_up_channel, why, 'WAITING', until, at, due
    FROM (SELECT presence.tenant, presence.device, device_type.wake_up_channel
          FROM (SELECT DISTINCT device.tenant, coalesce(device.gateway, device.id) AS device
                FROM unnest(tenants, devices) AS given (tenant, device)
                JOIN device ON device.tenant = given.tenant AND device.id = given.device
                WHERE device.enabled) AS asked
          JOIN presence USING (tenant, device)
          JOIN device ON device.tenant = presence.tenant AND device.id = presence.device
          JOIN device_type ON device_type.tenant = device.tenant AND device_type.id = device.type
          WHERE NOT presence.connected AND device.enabled AND device_type.wake_up_channel IS NOT NULL
          ORDER BY presence.tenant, presence.device FOR SHARE OF presence) AS asleep
    ON CONFLICT (tenant, device) WHERE state = 'WAITING' DO UPDATE
    SET channel = excluded.channel,
        wanted_until = greatest(wake_up.wanted_until, excluded.wanted_until),
        due_at = least(wake_up.due_at,
                       greatest(excluded.due_at, wake_up.sent_at[cardinality(wake_up.sent_at)] + pause))
$$;

-- Whoever gives commands, one or thousands, in whatever way: those for sleeping devices wake them, in the same transaction.
CREATE FUNCTION wake_for_commands() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT
AS $$
BEGIN
    PERFORM want_awake(array_agg(tenant), array_agg(device), 'COMMAND', min(created_at), min(created_at), NULL,
                       interval '30 minutes')
    FROM given WHERE state = 'QUEUED' HAVING count(*) > 0;
    RETURN NULL;
END $$;
CREATE TRIGGER command_wakes AFTER INSERT ON command
    REFERENCING NEW TABLE AS given FOR EACH STATEMENT EXECUTE FUNCTION wake_for_commands();
