@NullMarked
package io.warren.provisioning.turnstile;

import org.jspecify.annotations.NullMarked;
