/** Where a request came from, by the gateway's word: the caller's address and the certificate of its connection. */
@NullMarked
package io.warren.provisioning.source;

import org.jspecify.annotations.NullMarked;
