/** Bundles of diagnostics: a device is told by a command to send one to a signed address, and whoever asked fetches it. */
@NullMarked
package io.warren.registry.diagnostics;

import org.jspecify.annotations.NullMarked;
