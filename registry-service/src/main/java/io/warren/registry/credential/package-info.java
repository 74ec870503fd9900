/** What devices prove themselves with: up to two secrets each. */
@NullMarked
package io.warren.registry.credential;

import org.jspecify.annotations.NullMarked;
