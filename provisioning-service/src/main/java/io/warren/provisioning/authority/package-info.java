/** Customers' certificate authorities: registered, proved to be in the tenant's hands, and asked whose a device's certificate is. */
@NullMarked
package io.warren.provisioning.authority;

import org.jspecify.annotations.NullMarked;
