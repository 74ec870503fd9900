/** What imports and exports of devices have in common: the columns of CSV. */
@NullMarked
package io.warren.registry.bulk;

import org.jspecify.annotations.NullMarked;
