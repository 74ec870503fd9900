-- The devices there are, as the registry's events tell. A deleted one stays, so that a late event does not bring it back.
CREATE TABLE directory (
    tenant  text    NOT NULL,
    device  text    NOT NULL,
    version bigint  NOT NULL,
    deleted boolean NOT NULL,
    PRIMARY KEY (tenant, device)
);

-- Files; their bytes are in the data directory under the id.
CREATE TABLE artifact (
    id           uuid        PRIMARY KEY,
    version      bigint      NOT NULL,
    tenant       text        NOT NULL,
    name         text        NOT NULL,
    size         bigint      NOT NULL,
    sha256       text        NOT NULL,
    content_type text        NOT NULL,
    created_at   timestamptz NOT NULL
);
CREATE INDEX artifact_by_age ON artifact (tenant, created_at DESC, id);

CREATE TABLE release (
    tenant           text        NOT NULL,
    id               text        NOT NULL,
    version          bigint      NOT NULL,
    name             text        NOT NULL,
    semantic_version text        NOT NULL,
    notes            text,
    status           text        NOT NULL,
    created_at       timestamptz NOT NULL,
    released_at      timestamptz,
    retired_at       timestamptz,
    PRIMARY KEY (tenant, id),
    CONSTRAINT release_version UNIQUE (tenant, name, semantic_version)
);
CREATE INDEX release_by_age ON release (tenant, created_at DESC, id);

CREATE TABLE release_artifact (
    tenant      text    NOT NULL,
    release_id  text    NOT NULL,
    position    integer NOT NULL,
    artifact_id uuid    NOT NULL REFERENCES artifact,
    PRIMARY KEY (tenant, release_id, position),
    FOREIGN KEY (tenant, release_id) REFERENCES release
);
CREATE INDEX release_artifact_by_artifact ON release_artifact (artifact_id);

CREATE TABLE deployment (
    id           uuid        PRIMARY KEY,
    version      bigint      NOT NULL,
    tenant       text        NOT NULL,
    device_id    text        NOT NULL,
    release_id   text        NOT NULL,
    mode         text        NOT NULL,
    deadline     timestamptz,
    status       text        NOT NULL,
    progress     integer,
    detail       text,
    created_at   timestamptz NOT NULL,
    updated_at   timestamptz NOT NULL,
    ended_at     timestamptz,
    announced_at timestamptz,
    FOREIGN KEY (tenant, release_id) REFERENCES release
);
-- One at a time per device.
CREATE UNIQUE INDEX deployment_active ON deployment (tenant, device_id) WHERE ended_at IS NULL;
CREATE INDEX deployment_by_device ON deployment (tenant, device_id, created_at DESC, id);
-- What the broker has still to be given.
CREATE INDEX deployment_unannounced ON deployment (updated_at) WHERE announced_at IS NULL;

CREATE TABLE deployment_step (
    deployment_id uuid        NOT NULL REFERENCES deployment,
    position      integer     NOT NULL,
    at            timestamptz NOT NULL,
    status        text        NOT NULL,
    progress      integer,
    detail        text,
    applied       boolean     NOT NULL,
    PRIMARY KEY (deployment_id, position)
);
