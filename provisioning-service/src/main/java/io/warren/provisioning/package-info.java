/** How a device gets its identity. */
@NullMarked
package io.warren.provisioning;

import org.jspecify.annotations.NullMarked;
