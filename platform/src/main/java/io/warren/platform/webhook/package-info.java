/** Signed JSON over HTTPS to addresses that tenants choose: to reachable ones only, and with an end to everything. */
@NullMarked
package io.warren.platform.webhook;

import org.jspecify.annotations.NullMarked;
