/** Keeps devices steady whose configurations come and go by what the devices report: counts that, holds them, and releases them. */
@NullMarked
package io.warren.registry.steadiness;

import org.jspecify.annotations.NullMarked;
