/** Whether who claims to be a device is it: judged from memory, the same for the broker and for the gateway. */
@NullMarked
package io.warren.registry.signin;

import org.jspecify.annotations.NullMarked;
