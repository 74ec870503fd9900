/** How a container's engine asks its service whether it is ready, in an image that has nothing but a JVM. */
@NullMarked
package io.warren.platform.probe;

import org.jspecify.annotations.NullMarked;
