package io.warren.platform.transfer;

import org.jspecify.annotations.Nullable;

/**
 * The rows of an import, one after the other.
 *
 * @param <K> what they are about
 * @param <V> what they say of that
 */
public interface Rows<K, V> {

    /** The next row, which may be one that cannot be read; nothing when there are no more, or none that could be told apart. */
    @Nullable
    Row<K, V> next();

    /** Whether the end was reached; before {@link #next()} has given nothing, this says nothing. */
    boolean isWhole();
}
