/** Many devices read at a time, as a stream that an import takes. */
@NullMarked
package io.warren.registry.deviceexport;

import org.jspecify.annotations.NullMarked;
