/** What becomes of a tenant's enrolments when the tenant goes. */
@NullMarked
package io.warren.provisioning.tenant;

import org.jspecify.annotations.NullMarked;
