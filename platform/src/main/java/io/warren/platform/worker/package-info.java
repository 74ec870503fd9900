/** Threads that work in the background for as long as a service runs. */
@NullMarked
package io.warren.platform.worker;

import org.jspecify.annotations.NullMarked;
