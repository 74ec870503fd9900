/** The smallest service that uses everything the platform gives, to test it with. */
@NullMarked
package io.warren.platform;

import org.jspecify.annotations.NullMarked;
