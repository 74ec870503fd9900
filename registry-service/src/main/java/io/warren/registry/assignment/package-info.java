/** Keeps devices and configurations in step: which are meant for a device, what becomes of them, and why. */
@NullMarked
package io.warren.registry.assignment;

import org.jspecify.annotations.NullMarked;
