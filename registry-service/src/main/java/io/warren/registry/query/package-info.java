/** Devices found, sorted, counted: questions about all of them, answered from what is known at that moment. */
@NullMarked
package io.warren.registry.query;

import org.jspecify.annotations.NullMarked;
