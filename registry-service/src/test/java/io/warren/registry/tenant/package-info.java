/** Tenants, tried. */
@NullMarked
package io.warren.registry.tenant;

import org.jspecify.annotations.NullMarked;
