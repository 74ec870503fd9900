/** The broker's questions: may this device connect, and what may it touch; answered from memory. */
@NullMarked
package io.warren.registry.brokerauth;

import org.jspecify.annotations.NullMarked;
