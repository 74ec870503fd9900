/** Templates, tried. */
@NullMarked
package io.warren.provisioning.template;

import org.jspecify.annotations.NullMarked;
