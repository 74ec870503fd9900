package io.warren.registry.diagnostics;

import io.warren.platform.problem.ProblemException;
import io.warren.platform.problem.ProblemKind;
import io.warren.registry.diagnostics.Uploads.Content;
import io.warren.registry.diagnostics.Uploads.Target;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Service;

/**
 * Takes in what devices send, in constant memory: a part at a time is read, and then written. It is there whole or not at all, and
 * a device whose answer got lost may send it again.
 */
@Service
class BundleReception {

    static final int PART_BYTES = 256 * 1024;

    private static final ProblemKind REFUSED =
            new ProblemKind("upload-refused", HttpStatus.NOT_FOUND, "Not an upload address");
    private static final ProblemKind OVER =
            new ProblemKind("upload-over", HttpStatus.GONE, "The upload address is over");
    private static final ProblemKind OVERTAKEN =
            new ProblemKind("upload-overtaken", HttpStatus.CONFLICT, "Another upload began");
    private static final ProblemKind TOO_LARGE =
            new ProblemKind("content-too-large", HttpStatus.CONTENT_TOO_LARGE, "Too large");
    private static final ProblemKind TOO_SLOW =
            new ProblemKind("request-timeout", HttpStatus.REQUEST_TIMEOUT, "Sent too slowly");
    private static final ProblemKind INCOMPLETE =
            new ProblemKind("upload-incomplete", HttpStatus.BAD_REQUEST, "Upload incomplete");

    private final Uploads uploads;
    private final UploadPlaces places;
    private final Clock clock;
    private final long nanos;

    BundleReception(Uploads uploads, UploadPlaces places, Clock clock, DiagnosticsProperties properties) {
        this.uploads = uploads;
        this.places = places;
        this.clock = clock;
        this.nanos = properties.uploadWithin().toNanos();
    }

    /** The problem of an address that nobody gave out, or whose bundle is deleted. */
    static ProblemException refused() {
        return new ProblemException(REFUSED, "The address is not one that was given out, or is not needed any more.");
    }

    /**
     * Receives a bundle, or sees that it is the one that was received before, however late it comes again.
     *
     * @param announced how many bytes there will be; -1 if it is not said
     * @throws ProblemException if it is not wanted, begins too late, is too large, too slow, or breaks off; nothing is left of it then
     */
    void receive(UploadGrant grant, String contentType, long announced, InputStream body) {
        Target target = uploads.target(grant).orElseThrow(BundleReception::refused);
        if (target.received() == null && !clock.instant().isBefore(grant.expiresAt())) {
            throw new ProblemException(OVER, "The address has expired.");
        }
        if (announced > target.maximumBytes()) {
            throw tooLarge(target.maximumBytes());
        }
        try (UploadPlaces.Place _ = places.take(grant.address().tenant())) {
            Source source = new Source(body, target.maximumBytes(), System.nanoTime() + nanos);
            Content before = target.received();
            if (before != null) {
                requireSame(before, source);
                return;
            }
            Optional<UUID> upload = uploads.begin(grant, target.maximumBytes());
            if (upload.isPresent()) {
                store(grant, upload.get(), contentType, source);
            } else {
                // another one came to its end since
                requireSame(uploads.target(grant).map(Target::received).orElseThrow(BundleReception::refused), source);
            }
        }
    }

    private void store(UploadGrant grant, UUID upload, String contentType, Source source) {
        boolean complete = false;
        try {
            int number = 0;
            for (byte[] part = source.next(); part.length > 0; part = source.next()) {
                if (!uploads.write(grant.bundle(), upload, number++, part)) {
                    throw overtaken();
                }
            }
            complete = uploads.complete(grant, upload, source.content(), contentType);
            if (!complete) {
                throw overtaken();
            }
        } finally {
            if (!complete) {
                uploads.abandon(grant.bundle(), upload);
            }
        }
    }

    private static void requireSame(Content received, Source source) {
        byte[] part;
        do {
            part = source.next();
        } while (part.length > 0);
        if (!source.content().equals(received)) {
            throw new ProblemException(OVER, "Another bundle was received at this address before.");
        }
    }

    private static ProblemException overtaken() {
        return new ProblemException(
                OVERTAKEN, "Another upload to this address began after this one, or it is deleted.");
    }

    private static ProblemException tooLarge(long maximumBytes) {
        return new ProblemException(TOO_LARGE, "A bundle may have at most " + maximumBytes + " bytes here.");
    }

    /** The bytes as they come, in parts of the same size but for the last. */
    private static final class Source {

        private final InputStream body;
        private final long maximumBytes;
        private final long deadline;
        private final MessageDigest digest = sha256();
        private final byte[] buffer = new byte[PART_BYTES];
        private long size;

        Source(InputStream body, long maximumBytes, long deadline) {
            this.body = body;
            this.maximumBytes = maximumBytes;
            this.deadline = deadline;
        }

        /** The next part, good until the one after it is asked for; an empty one behind the last. */
        byte[] next() {
            int filled = 0;
            int read = 0;
            while (read >= 0 && filled < buffer.length) {
                if (System.nanoTime() - deadline > 0) {
                    throw tooSlow();
                }
                read = read(filled);
                filled += Math.max(read, 0);
                if (size + filled > maximumBytes) {
                    throw tooLarge(maximumBytes);
                }
            }
            size += filled;
            digest.update(buffer, 0, filled);
            return filled == buffer.length ? buffer : Arrays.copyOf(buffer, filled);
        }

        /** What it was; asked once, behind the last part. */
        Content content() {
            return new Content(size, HexFormat.of().formatHex(digest.digest()));
        }

        private int read(int filled) {
            try {
                return body.read(buffer, filled, buffer.length - filled);
            } catch (SocketTimeoutException e) {
                throw tooSlow();
            } catch (IOException e) {
                throw new ProblemException(INCOMPLETE, "The upload broke off.");
            }
        }

        private static ProblemException tooSlow() {
            return new ProblemException(TOO_SLOW, "The rest of the bundle did not arrive in time.");
        }

        private static MessageDigest sha256() {
            try {
                return MessageDigest.getInstance("SHA-256");
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
