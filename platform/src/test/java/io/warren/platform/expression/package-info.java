/** Tests of expressions. */
@NullMarked
package io.warren.platform.expression;

import org.jspecify.annotations.NullMarked;
