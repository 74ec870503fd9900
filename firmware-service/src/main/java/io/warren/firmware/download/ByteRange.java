package io.warren.firmware.download;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpRange;

/**
 * The part of a file that is sent (RFC 9110, section 14).
 *
 * @param first the first byte, from 0
 * @param last the last byte, included
 * @param size of the whole file
 */
record ByteRange(long first, long last, long size) {

    /** Asked for in vain: nothing of the file lies in it. */
    static final class Unsatisfiable extends Exception {
        private static final long serialVersionUID = 1L;
    }

    static ByteRange whole(long size) {
        return new ByteRange(0, size - 1, size);
    }

    /**
     * What a {@code Range} header asks for. A header that cannot be read, or names several ranges, is as good as none: the
     * standard allows to send the whole file then, and devices resume at one place only.
     */
    static ByteRange of(@Nullable String header, long size) throws Unsatisfiable {
        List<HttpRange> ranges;
        try {
            ranges = HttpRange.parseRanges(header);
        } catch (IllegalArgumentException e) {
            return whole(size);
        }
        if (ranges.size() != 1) {
            return whole(size);
        }
        if (size == 0) {
            throw new Unsatisfiable();
        }
        long first = ranges.getFirst().getRangeStart(size);
        if (first >= size) {
            throw new Unsatisfiable();
        }
        return new ByteRange(first, ranges.getFirst().getRangeEnd(size), size);
    }

    long length() {
        return last - first + 1;
    }

    boolean isPart() {
        return length() < size;
    }

    /** The value of {@code Content-Range}. */
    String contentRange() {
        return "bytes " + first + "-" + last + "/" + size;
    }
}
