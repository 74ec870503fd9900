/** The short-lived token that tells the services who is calling, and the keys that it is checked with. */
@NullMarked
package io.warren.gateway.token;

import org.jspecify.annotations.NullMarked;
