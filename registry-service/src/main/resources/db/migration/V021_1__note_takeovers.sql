-- When another connection of the same device last signed in while this one was open: the broker ends this one then.
ALTER TABLE connection ADD COLUMN yielding_at timestamptz;
