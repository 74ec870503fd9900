/** Jobs: long work over many devices, page by page, that goes on wherever it was when a process died. */
@NullMarked
package io.warren.registry.job;

import org.jspecify.annotations.NullMarked;
