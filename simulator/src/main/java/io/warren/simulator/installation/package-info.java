/** The installation of Warren that a command works against: where it is, whom to trust there, and its REST API. */
@NullMarked
package io.warren.simulator.installation;

import org.jspecify.annotations.NullMarked;
