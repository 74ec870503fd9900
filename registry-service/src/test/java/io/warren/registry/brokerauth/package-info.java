/** The broker's questions, tried. */
@NullMarked
package io.warren.registry.brokerauth;

import org.jspecify.annotations.NullMarked;
