package io.warren.registry.query;

import jakarta.validation.constraints.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is asked of all devices.
 *
 * @param filter an expression that is true of the devices that are meant; left out, all are
 * @param sort the name of the value that they are sorted by, with a {@code -} before it for the greatest first; left out, the id
 * @param fields what is wanted of each device; left out, everything
 * @param limit how many devices a page has
 * @param cursor where the page before ended
 * @param groupBy the name of a value: then devices are counted by it, and not listed
 */
record DeviceQuestion(
        @Nullable String filter,
        @Nullable String sort,
        @Size(max = 20) @Nullable List<String> fields,
        @Nullable Integer limit,
        @Nullable String cursor,
        @Nullable String groupBy) {}
