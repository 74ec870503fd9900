/** Tests of the state of devices. */
@NullMarked
package io.warren.registry.state;

import org.jspecify.annotations.NullMarked;
