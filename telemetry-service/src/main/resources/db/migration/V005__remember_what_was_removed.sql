-- The day before which a tenant's measurements have been removed under the limit that holds now.
ALTER TABLE tenant ADD COLUMN removed_before date;
