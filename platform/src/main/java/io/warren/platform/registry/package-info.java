/** Questions that services ask the registry directly, when its events may still be on their way. */
@NullMarked
package io.warren.platform.registry;

import org.jspecify.annotations.NullMarked;
