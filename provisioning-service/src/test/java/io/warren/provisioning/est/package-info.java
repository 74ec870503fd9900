@NullMarked
package io.warren.provisioning.est;

import org.jspecify.annotations.NullMarked;
