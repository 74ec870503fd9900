/** Failures of a database, tried. */
@NullMarked
package io.warren.platform.database;

import org.jspecify.annotations.NullMarked;
