package io.warren.gateway.routing;

import io.warren.platform.problem.ProblemException;
import io.warren.platform.problem.ProblemKind;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.IOException;
import java.net.SocketTimeoutException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/**
 * A request whose body may be read up to a limit. What goes wrong in reading it is told as the caller's problem, so that it is
 * never taken for trouble with the service that it is being sent to.
 */
class LimitedBody extends HttpServletRequestWrapper {

    private static final ProblemKind TOO_LARGE =
            new ProblemKind("content-too-large", HttpStatus.CONTENT_TOO_LARGE, "Too large");
    private static final ProblemKind TOO_SLOW =
            new ProblemKind("request-timeout", HttpStatus.REQUEST_TIMEOUT, "Sent too slowly");

    private final long limit;
    private @Nullable ServletInputStream body;

    LimitedBody(HttpServletRequest request, long limit) {
        super(request);
        this.limit = limit;
    }

    static ProblemException tooLarge(long limit) {
        return new ProblemException(TOO_LARGE, "A body may have at most " + limit + " bytes here.");
    }

    @Override
    public ServletInputStream getInputStream() throws IOException {
        if (body == null) {
            body = new Counted(super.getInputStream(), limit);
        }
        return body;
    }

    private static final class Counted extends ServletInputStream {

        private final ServletInputStream source;
        private final long limit;
        private long read;

        Counted(ServletInputStream source, long limit) {
            this.source = source;
            this.limit = limit;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) {
            int count;
            try {
                count = source.read(buffer, offset, length);
            } catch (SocketTimeoutException e) {
                throw new ProblemException(TOO_SLOW, "The rest of the body did not arrive in time.");
            } catch (IOException e) {
                throw new ProblemException(ProblemKind.MALFORMED, "The body breaks off or is badly framed.");
            }
            read += Math.max(count, 0);
            if (read > limit) {
                throw tooLarge(limit);
            }
            return count;
        }

        @Override
        public boolean isFinished() {
            return source.isFinished();
        }

        @Override
        public boolean isReady() {
            return source.isReady();
        }

        @Override
        public void setReadListener(ReadListener listener) {
            source.setReadListener(listener);
        }
    }
}
