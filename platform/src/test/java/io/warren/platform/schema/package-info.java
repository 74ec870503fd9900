/** Tests of schemas that callers write. */
@NullMarked
package io.warren.platform.schema;

import org.jspecify.annotations.NullMarked;
