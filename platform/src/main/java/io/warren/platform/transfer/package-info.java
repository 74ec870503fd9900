/** Imports and exports as streams, in constant memory: bodies, lines, cells, answers, and how many are under way. */
@NullMarked
package io.warren.platform.transfer;

import org.jspecify.annotations.NullMarked;
