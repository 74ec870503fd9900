package io.warren.gateway.routing;

import io.warren.platform.problem.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.hc.core5.http.io.entity.HttpEntityWrapper;
import org.apache.hc.core5.http.io.entity.InputStreamEntity;

/**
 * The caller's body on its way to a service. When it breaks off, the connection to the service is cut: the client would end the
 * body properly instead, and the service would take a part for the whole.
 */
class IncomingBody extends HttpEntityWrapper {

    private final Runnable abort;

    /**
     * A body that is still to be read.
     *
     * @param body tells its own failures as {@link ProblemException}s, so that those are known from the service's
     * @param length in bytes; -1 if unknown
     * @param abort cuts the connection to the service
     */
    IncomingBody(InputStream body, long length, Runnable abort) {
        super(new InputStreamEntity(body, length, null));
        this.abort = abort;
    }

    @Override
    public void writeTo(OutputStream service) throws IOException {
        try {
            super.writeTo(service);
        } catch (ProblemException e) {
            abort.run();
            throw e;
        }
    }
}
