-- The board that was not to take another's place, by its identifiers and what tells it from others, and why not.
ALTER TABLE registration
    ADD COLUMN denied jsonb;
