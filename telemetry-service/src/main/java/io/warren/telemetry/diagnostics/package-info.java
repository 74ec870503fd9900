/** What devices log and what they say has happened: taken in once, kept for a while, searched. */
@NullMarked
package io.warren.telemetry.diagnostics;

import org.jspecify.annotations.NullMarked;
