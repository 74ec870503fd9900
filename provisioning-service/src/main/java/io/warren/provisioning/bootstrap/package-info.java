/** How a device gets in: it shows its proof and is told everything it needs to connect. */
@NullMarked
package io.warren.provisioning.bootstrap;

import org.jspecify.annotations.NullMarked;
