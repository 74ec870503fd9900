/** What a device asks and says over HTTPS, for those that keep no connection to the broker. */
@NullMarked
package io.warren.registry.devicehttps;

import org.jspecify.annotations.NullMarked;
