/** What services do with a database in the same way: tell what its failures mean, and keep partitions by date. */
@NullMarked
package io.warren.platform.database;

import org.jspecify.annotations.NullMarked;
