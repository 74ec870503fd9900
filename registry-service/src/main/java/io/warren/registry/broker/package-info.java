/** The broker's management API, as far as the registry needs it: listing and closing connections. */
@NullMarked
package io.warren.registry.broker;

import org.jspecify.annotations.NullMarked;
