/** No more devices at once than the service can see to: the others are told when to come back. */
@NullMarked
package io.warren.provisioning.turnstile;

import org.jspecify.annotations.NullMarked;
