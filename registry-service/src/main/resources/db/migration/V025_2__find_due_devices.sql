-- Where looking at many at once has failed, they are taken one by one.
CREATE INDEX configuration_due_by_device ON configuration_due (tenant, device);
