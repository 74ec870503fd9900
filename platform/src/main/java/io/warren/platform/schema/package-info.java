/** JSON Schemas that callers write: compiled and applied at a bounded cost, and without asking anybody for anything. */
@NullMarked
package io.warren.platform.schema;

import org.jspecify.annotations.NullMarked;
