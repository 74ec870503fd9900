/** The handing over of messages that wake devices, tried. */
@NullMarked
package io.warren.registry.wakedelivery;

import org.jspecify.annotations.NullMarked;
