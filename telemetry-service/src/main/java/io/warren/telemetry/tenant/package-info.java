/** What tenants may send and have stored, and what they do send. */
@NullMarked
package io.warren.telemetry.tenant;

import org.jspecify.annotations.NullMarked;
