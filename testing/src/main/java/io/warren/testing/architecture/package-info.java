/** The rules of the architecture, checked in every service. */
@NullMarked
package io.warren.testing.architecture;

import org.jspecify.annotations.NullMarked;
