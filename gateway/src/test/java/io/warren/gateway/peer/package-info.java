@NullMarked
package io.warren.gateway.peer;

import org.jspecify.annotations.NullMarked;
