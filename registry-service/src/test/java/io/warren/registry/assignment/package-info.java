/** Tests of what configurations do to devices. */
@NullMarked
package io.warren.registry.assignment;

import org.jspecify.annotations.NullMarked;
