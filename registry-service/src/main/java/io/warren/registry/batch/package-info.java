/** Command batches: one command to many devices, at a rate, as a job. */
@NullMarked
package io.warren.registry.batch;

import org.jspecify.annotations.NullMarked;
