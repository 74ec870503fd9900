/** Many devices at a time: imports and exports as streams. */
@NullMarked
package io.warren.registry.bulk;

import org.jspecify.annotations.NullMarked;
