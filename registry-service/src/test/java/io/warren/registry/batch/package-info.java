/** Command batches, tried. */
@NullMarked
package io.warren.registry.batch;

import org.jspecify.annotations.NullMarked;
