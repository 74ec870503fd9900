/** Bulk updates, tried. */
@NullMarked
package io.warren.registry.bulkupdate;

import org.jspecify.annotations.NullMarked;
