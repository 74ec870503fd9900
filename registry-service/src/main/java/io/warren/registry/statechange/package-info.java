/** What has changed of the states of devices, as it is kept: each change with the way back. */
@NullMarked
package io.warren.registry.statechange;

import org.jspecify.annotations.NullMarked;
