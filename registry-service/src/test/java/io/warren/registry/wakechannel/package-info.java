/** Wake-up channels, tried. */
@NullMarked
package io.warren.registry.wakechannel;

import org.jspecify.annotations.NullMarked;
