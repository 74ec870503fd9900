/** Under a key from a file: what who reads the database must not be able to read, and what who holds it must not be able to alter. */
@NullMarked
package io.warren.platform.seal;

import org.jspecify.annotations.NullMarked;
