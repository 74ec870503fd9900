/** Where devices want to be answered. */
@NullMarked
package io.warren.platform.downlink;

import org.jspecify.annotations.NullMarked;
