/** What the failures of a database mean: that it is away, or that it cannot take a value. */
@NullMarked
package io.warren.platform.database;

import org.jspecify.annotations.NullMarked;
