/** The state of devices: what is desired, what they report, how it came to be, and telling them of it. */
@NullMarked
package io.warren.registry.state;

import org.jspecify.annotations.NullMarked;
