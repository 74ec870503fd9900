-- A command that was accepted ends as well, and counts until then.
CREATE INDEX command_unfinished ON command (tenant, device) WHERE state IN ('QUEUED', 'SENT', 'ACCEPTED', 'RUNNING');
CREATE INDEX command_to_give_up ON command (expires_at) WHERE state IN ('ACCEPTED', 'RUNNING');
