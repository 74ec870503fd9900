/** API keys: who holds one, what it allows, and the check of every request. */
@NullMarked
package io.warren.gateway.access;

import org.jspecify.annotations.NullMarked;
