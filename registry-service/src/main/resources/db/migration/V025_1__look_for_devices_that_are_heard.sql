-- When a device was last heard moves without anybody telling. Where groups are asked for, devices are looked for already.
UPDATE configuration SET reads = reads || '{swept}'
WHERE target ~ 'device\s*\.\s*lastSeenAt' AND NOT reads @> '{swept}';
