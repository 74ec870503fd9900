/** The account of who tried to bootstrap, what was decided, and what became of it. */
@NullMarked
package io.warren.provisioning.registration;

import org.jspecify.annotations.NullMarked;
