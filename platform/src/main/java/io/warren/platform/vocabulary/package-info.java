/** The names that expressions may use, what stands behind them, and where that is in a database. */
@NullMarked
package io.warren.platform.vocabulary;

import org.jspecify.annotations.NullMarked;
