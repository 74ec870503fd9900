/** Which devices were heard of lately, told to others now and then and not with every message. */
@NullMarked
package io.warren.telemetry.activity;

import org.jspecify.annotations.NullMarked;
