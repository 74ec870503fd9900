package io.warren.provisioning.manifest;

import org.jspecify.annotations.Nullable;

/** The rows of an import, one after the other. */
interface Rows {

    /** The next row, which may be one that cannot be read; nothing when there are no more, or none that could be told apart. */
    @Nullable
    Row next();

    /** Whether the end was reached; before {@link #next()} has given nothing, this says nothing. */
    boolean isWhole();
}
