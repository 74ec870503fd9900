/** The report of what tenants use, tried. */
@NullMarked
package io.warren.registry.usage;

import org.jspecify.annotations.NullMarked;
