/** What a device writes into a telemetry message: read strictly, refused with a reason and a place. */
@NullMarked
package io.warren.telemetry.body;

import org.jspecify.annotations.NullMarked;
