/** Keeping what must be readable again, but not by who reads the database: AES-GCM under a key from a file. */
@NullMarked
package io.warren.platform.seal;

import org.jspecify.annotations.NullMarked;
