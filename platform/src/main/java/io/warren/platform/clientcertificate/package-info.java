/** How the certificate that a client proved itself with travels inside the platform: the header fields of RFC 9440. */
@NullMarked
package io.warren.platform.clientcertificate;

import org.jspecify.annotations.NullMarked;
