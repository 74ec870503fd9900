/** What a tenant's own system is asked about a registration: asked in turns, again if need be, and never with a device waiting long. */
@NullMarked
package io.warren.provisioning.inquiry;

import org.jspecify.annotations.NullMarked;
