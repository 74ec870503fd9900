package io.warren.platform.transfer;

import io.warren.platform.problem.ProblemException;
import io.warren.platform.problem.ProblemKind;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.nio.file.Path;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;

/** The body of an import: taken in whole, onto a disk, then read once, unzipped and without a byte order mark. */
public final class Upload implements AutoCloseable {

    /** Comma-separated values (RFC 4180). */
    public static final String CSV = "text/csv";

    private static final ProblemKind ENCODING = new ProblemKind(
            "unsupported-encoding",
            HttpStatus.UNSUPPORTED_MEDIA_TYPE,
            "The body is encoded in a way that is not known");
    private static final int ZIPPED_AT_A_TIME = 64 * 1024;

    private final Spool spool;
    private final InputStream content;
    private final boolean isCsv;

    private Upload(Spool spool, InputStream content, boolean isCsv) {
        this.spool = spool;
        this.content = content;
        this.isCsv = isCsv;
    }

    /**
     * Takes in a body, in constant memory.
     *
     * @param request with a content type
     * @param directory where it is kept until it is closed; it has no name there
     * @throws ProblemException if it breaks off, cannot be kept, or is encoded in another way than with gzip
     * @throws IOException if what was kept cannot be read
     */
    public static Upload of(HttpServletRequest request, Path directory) throws IOException {
        boolean isZipped = isZipped(request.getHeader(HttpHeaders.CONTENT_ENCODING));
        Spool spool = Spool.of(request.getInputStream(), directory);
        try {
            InputStream body = isZipped ? unzipped(spool.content()) : spool.content();
            return new Upload(spool, withoutByteOrderMark(body), isCsv(request.getContentType()));
        } catch (IOException | RuntimeException e) {
            spool.close();
            throw e;
        }
    }

    /** The body, to be read once. */
    public InputStream content() {
        return content;
    }

    /** Whether it says of itself that it is CSV. */
    public boolean isCsv() {
        return isCsv;
    }

    @Override
    public void close() throws IOException {
        spool.close();
    }

    private static boolean isCsv(String contentType) {
        return MediaType.valueOf(contentType).isCompatibleWith(MediaType.valueOf(CSV));
    }

    private static boolean isZipped(@Nullable String encoding) {
        return switch (encoding == null ? "" : encoding.strip().toLowerCase(Locale.ROOT)) {
            case "", "identity" -> false;
            case "gzip", "x-gzip" -> true;
            default -> throw new ProblemException(ENCODING, "A body may be zipped with gzip, or not at all.");
        };
    }

    private static InputStream unzipped(InputStream body) {
        try {
            return new GZIPInputStream(body, ZIPPED_AT_A_TIME);
        } catch (IOException e) {
            throw new ProblemException(ProblemKind.MALFORMED, "The body is not zipped with gzip.");
        }
    }

    /** Spreadsheets like to begin a text with one. */
    private static InputStream withoutByteOrderMark(InputStream body) throws IOException {
        PushbackInputStream content = new PushbackInputStream(body, 3);
        byte[] first = content.readNBytes(3);
        if (first.length < 3 || first[0] != (byte) 0xef || first[1] != (byte) 0xbb || first[2] != (byte) 0xbf) {
            content.unread(first);
        }
        return content;
    }
}
