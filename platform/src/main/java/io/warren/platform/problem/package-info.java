/** Every error as an RFC 9457 problem: its stable type, where it is, and nothing of our inside. */
@NullMarked
package io.warren.platform.problem;

import org.jspecify.annotations.NullMarked;
