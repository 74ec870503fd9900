/** What is told of devices that were heard of, tried. */
@NullMarked
package io.warren.telemetry.activity;

import org.jspecify.annotations.NullMarked;
