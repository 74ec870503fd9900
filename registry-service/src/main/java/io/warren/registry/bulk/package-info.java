/** What imports and exports of many devices have in common: columns, cells, lines of an answer, and how many are under way. */
@NullMarked
package io.warren.registry.bulk;

import org.jspecify.annotations.NullMarked;
