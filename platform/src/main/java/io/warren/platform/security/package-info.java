/** Who is calling: the gateway's short-lived token, checked in every service, denied by default. */
@NullMarked
package io.warren.platform.security;

import org.jspecify.annotations.NullMarked;
