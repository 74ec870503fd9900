/** Tests of documents and merge patches. */
@NullMarked
package io.warren.registry.document;

import org.jspecify.annotations.NullMarked;
