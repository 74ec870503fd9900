/** How devices fetch artifacts: signed addresses, in as many pieces as it takes. */
@NullMarked
package io.warren.firmware.download;

import org.jspecify.annotations.NullMarked;
