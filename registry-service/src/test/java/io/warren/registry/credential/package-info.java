/** Credentials, tried. */
@NullMarked
package io.warren.registry.credential;

import org.jspecify.annotations.NullMarked;
