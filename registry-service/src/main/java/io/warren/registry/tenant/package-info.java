/** Tenants: whom devices belong to. */
@NullMarked
package io.warren.registry.tenant;

import org.jspecify.annotations.NullMarked;
