/** JSON documents that are changed by merge patches: what differs, what is missing, what is too much. */
@NullMarked
package io.warren.registry.document;

import org.jspecify.annotations.NullMarked;
