@NullMarked
package io.warren.provisioning.proof;

import org.jspecify.annotations.NullMarked;
