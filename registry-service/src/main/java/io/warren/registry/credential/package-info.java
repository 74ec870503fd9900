/** What devices prove themselves with: up to two secrets each, and tokens signed with them. */
@NullMarked
package io.warren.registry.credential;

import org.jspecify.annotations.NullMarked;
