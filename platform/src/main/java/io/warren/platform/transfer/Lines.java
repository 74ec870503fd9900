package io.warren.platform.transfer;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;

/** Cuts a stream into lines, in constant memory however long a line is. */
public final class Lines {

    private final InputStream source;
    private final int most;
    private final byte[] buffer = new byte[64 * 1024];
    private int position;
    private int limit;
    private long number;
    private byte[] bytes = {};
    private boolean isCut;

    /**
     * The lines of a stream.
     *
     * @param most how many bytes of a line are wanted
     */
    public Lines(InputStream source, int most) {
        this.source = source;
        this.most = most;
    }

    /**
     * Goes on to the next line; says whether there is one.
     *
     * @throws IOException if the stream cannot be read
     */
    public boolean next() throws IOException {
        number++;
        isCut = false;
        if (!fill()) {
            return false;
        }
        ByteArrayOutputStream line = new ByteArrayOutputStream(512);
        boolean isEnded = false;
        while (!isEnded && fill()) {
            int end = position;
            while (end < limit && buffer[end] != '\n') {
                end++;
            }
            isEnded = end < limit;
            int wanted = Math.min(end - position, most - line.size());
            isCut |= wanted < end - position;
            line.write(buffer, position, wanted);
            position = isEnded ? end + 1 : end;
        }
        bytes = line.toByteArray();
        return true;
    }

    /** The number of the line, from 1; should it fail to be read, of that one. */
    public long number() {
        return number;
    }

    /** The line without its end, as far as it is wanted. */
    public byte[] bytes() {
        return bytes;
    }

    /** Whether the line is longer than wanted. */
    public boolean isCut() {
        return isCut;
    }

    private boolean fill() throws IOException {
        if (position == limit) {
            position = 0;
            limit = Math.max(0, source.read(buffer));
        }
        return position < limit;
    }
}
