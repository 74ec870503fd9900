/** Where somebody comes from. */
@NullMarked
package io.warren.platform.peer;

import org.jspecify.annotations.NullMarked;
