-- The database of Warren: one schema and one role per service, and no role sees another's schema.
-- Run by a superuser with psql; harmless when run again. The passwords are the files
-- $WARREN_POSTGRES_SECRETS/{gateway,registry,provisioning,firmware,telemetry}, so that they appear in no argument.
\set ON_ERROR_STOP on
\set QUIET on

SELECT 'CREATE DATABASE warren' WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = 'warren') \gexec
\connect warren

\set gateway      `cat "$WARREN_POSTGRES_SECRETS/gateway"`
\set registry     `cat "$WARREN_POSTGRES_SECRETS/registry"`
\set provisioning `cat "$WARREN_POSTGRES_SECRETS/provisioning"`
\set firmware     `cat "$WARREN_POSTGRES_SECRETS/firmware"`
\set telemetry    `cat "$WARREN_POSTGRES_SECRETS/telemetry"`

BEGIN;

-- Only hashes may reach the server's log, should it ever log statements.
SET LOCAL log_statement = 'none';
SET LOCAL password_encryption = 'scram-sha-256';

SELECT format('CREATE ROLE %I LOGIN', service)
FROM unnest(ARRAY['gateway', 'registry', 'provisioning', 'firmware', 'telemetry']) AS service
WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = service) \gexec

ALTER ROLE gateway      PASSWORD :'gateway';
ALTER ROLE registry     PASSWORD :'registry';
ALTER ROLE provisioning PASSWORD :'provisioning';
ALTER ROLE firmware     PASSWORD :'firmware';
ALTER ROLE telemetry    PASSWORD :'telemetry';

REVOKE ALL ON DATABASE warren FROM PUBLIC;
REVOKE ALL ON SCHEMA public FROM PUBLIC;

SELECT command
FROM unnest(ARRAY['gateway', 'registry', 'provisioning', 'firmware', 'telemetry']) AS service,
     LATERAL unnest(ARRAY[
         format('GRANT CONNECT ON DATABASE warren TO %I', service),
         format('CREATE SCHEMA IF NOT EXISTS %I AUTHORIZATION %I', service, service),
         format('ALTER ROLE %I IN DATABASE warren SET search_path = %I', service, service)
     ]) AS command \gexec

COMMIT;
