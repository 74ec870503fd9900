/** Keeps devices and their state in step: hears what they report, and tells them what is desired. */
@NullMarked
package io.warren.registry.statesync;

import org.jspecify.annotations.NullMarked;
