/** Events of provisioning: how a device gets its identity. */
@NullMarked
package io.warren.contracts.provisioning;

import org.jspecify.annotations.NullMarked;
