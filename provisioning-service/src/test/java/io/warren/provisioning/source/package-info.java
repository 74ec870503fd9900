@NullMarked
package io.warren.provisioning.source;

import org.jspecify.annotations.NullMarked;
