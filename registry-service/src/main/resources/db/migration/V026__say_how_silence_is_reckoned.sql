-- How it was reckoned when devices of a type fall silent. Whoever knows of one way only does not write it, so that during an update
-- what an older replica reckons is reckoned anew by a younger one.
ALTER TABLE silence_allowance ADD COLUMN rule int NOT NULL DEFAULT 0;
