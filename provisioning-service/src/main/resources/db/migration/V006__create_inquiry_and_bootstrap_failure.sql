-- What a tenant's own system is asked about a registration. Open ones are due at a time; whoever takes one moves that into the future.
CREATE TABLE inquiry (
    registration  uuid        NOT NULL REFERENCES registration ON DELETE CASCADE,
    subject       text        NOT NULL,
    generation    integer     NOT NULL,
    round         integer     NOT NULL,
    tenant        text        NOT NULL,
    door          text        NOT NULL,
    url           text        NOT NULL,
    sealed_secret text        NOT NULL,
    question      jsonb       NOT NULL,
    state         text        NOT NULL,
    answer        jsonb,
    reason        text,
    failures      integer     NOT NULL,
    due_at        timestamptz,
    deadline_at   timestamptz NOT NULL,
    settled_at    timestamptz,
    PRIMARY KEY (registration, subject),
    CHECK ((state = 'OPEN') = (due_at IS NOT NULL)),
    CHECK ((state = 'OPEN') = (settled_at IS NULL))
);
CREATE INDEX inquiry_due ON inquiry (tenant, url, due_at) WHERE due_at IS NOT NULL;

-- Whose turn it is: each address of a tenant by itself, so that one that does not answer holds up no other.
CREATE TABLE inquiry_turn (
    tenant   text        NOT NULL,
    url      text        NOT NULL,
    turn_at  timestamptz NOT NULL,
    failures integer     NOT NULL,
    PRIMARY KEY (tenant, url)
);

-- Failed attempts to bootstrap, counted for all replicas: buckets that leak. Who is found in them, and from where devices were let in.
CREATE TABLE bootstrap_failure (
    kind         text             NOT NULL,
    name         text             NOT NULL,
    level        double precision NOT NULL,
    at           timestamptz      NOT NULL,
    locks        integer          NOT NULL,
    locked_until timestamptz,
    PRIMARY KEY (kind, name)
);
CREATE INDEX bootstrap_failure_by_age ON bootstrap_failure (at);
CREATE INDEX bootstrap_failure_locked ON bootstrap_failure (at) WHERE locked_until IS NOT NULL;
CREATE INDEX registration_by_address ON registration (address, registered_at) WHERE registered_at IS NOT NULL;
