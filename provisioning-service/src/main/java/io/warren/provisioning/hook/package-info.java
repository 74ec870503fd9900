/** A tenant's own system allows, denies or completes a registration. */
@NullMarked
package io.warren.provisioning.hook;

import org.jspecify.annotations.NullMarked;
