/** TLS for tests. */
@NullMarked
package io.warren.testing.tls;

import org.jspecify.annotations.NullMarked;
