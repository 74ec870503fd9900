/** The messages that wake devices, handed to the channels: each channel in its turn and at its pace. */
@NullMarked
package io.warren.registry.wakedelivery;

import org.jspecify.annotations.NullMarked;
