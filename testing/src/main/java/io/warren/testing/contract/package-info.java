/** Contracts kept as files of the repository and compared with what the code really says. */
@NullMarked
package io.warren.testing.contract;

import org.jspecify.annotations.NullMarked;
