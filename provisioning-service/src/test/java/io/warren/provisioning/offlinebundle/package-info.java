@NullMarked
package io.warren.provisioning.offlinebundle;

import org.jspecify.annotations.NullMarked;
