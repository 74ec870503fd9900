/** Bulk updates: one change to many devices, as a job. */
@NullMarked
package io.warren.registry.bulkupdate;

import org.jspecify.annotations.NullMarked;
