/** What a tenant uses of what it may use. */
@NullMarked
package io.warren.registry.usage;

import org.jspecify.annotations.NullMarked;
