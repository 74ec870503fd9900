/** The authorities that sign devices' certificates: read from files, taking turns as they are replaced. */
@NullMarked
package io.warren.provisioning.issuing;

import org.jspecify.annotations.NullMarked;
