@NullMarked
package io.warren.simulator.mqtt;

import org.jspecify.annotations.NullMarked;
