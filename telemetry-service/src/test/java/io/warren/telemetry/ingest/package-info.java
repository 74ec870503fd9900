/** From the broker's shards into the database: in order, in batches, each measurement once. */
@NullMarked
package io.warren.telemetry.ingest;

import org.jspecify.annotations.NullMarked;
