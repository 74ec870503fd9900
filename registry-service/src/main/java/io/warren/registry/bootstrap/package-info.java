/** Whether a device that has no identity yet may have a connection to get one on: provisioning judges. */
@NullMarked
package io.warren.registry.bootstrap;

import org.jspecify.annotations.NullMarked;
