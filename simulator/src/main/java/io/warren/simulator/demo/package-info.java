/** The demonstration: a small fleet at work in a running installation, with a command, an update and a live summary. */
@NullMarked
package io.warren.simulator.demo;

import org.jspecify.annotations.NullMarked;
