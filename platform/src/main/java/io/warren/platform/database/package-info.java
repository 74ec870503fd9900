/** What the failures of a database mean: that it is away, that it cannot take a value, or that another row is in the way. */
@NullMarked
package io.warren.platform.database;

import org.jspecify.annotations.NullMarked;
