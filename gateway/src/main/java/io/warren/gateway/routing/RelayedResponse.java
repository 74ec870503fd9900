package io.warren.gateway.routing;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Set;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.function.ServerResponse;

/**
 * A service's answer on its way to the caller, body and all, a buffer at a time. The framework's own responses would evaluate
 * conditional requests once more, which is the service's business.
 */
class RelayedResponse implements ServerResponse {

    private static final int BUFFER = 16 * 1024;

    private final ClassicHttpResponse answer;
    private final Runnable abort;
    private final HttpHeaders headers = new HttpHeaders();

    /**
     * An answer of which nothing but the head has been read.
     *
     * @param abort cuts the connection to the service, so that closing the answer does not read the rest of it first
     */
    RelayedResponse(ClassicHttpResponse answer, Runnable abort) {
        this.answer = answer;
        this.abort = abort;
        Set<String> hopByHop = HopByHop.headers(answer);
        for (Header header : answer.getHeaders()) {
            if (!hopByHop.contains(header.getName())) {
                headers.add(header.getName(), header.getValue());
            }
        }
    }

    @Override
    public HttpStatusCode statusCode() {
        return HttpStatusCode.valueOf(answer.getCode());
    }

    @Override
    public HttpHeaders headers() {
        return headers;
    }

    @Override
    public MultiValueMap<String, Cookie> cookies() {
        return new LinkedMultiValueMap<>();
    }

    @Override
    public @Nullable ModelAndView writeTo(HttpServletRequest request, HttpServletResponse response, Context context)
            throws IOException {
        try {
            response.setStatus(answer.getCode());
            headers.forEach((name, values) -> values.forEach(value -> response.addHeader(name, value)));
            HttpEntity body = answer.getEntity();
            if (body != null) {
                copy(body.getContent(), response.getOutputStream(), isStream());
            }
        } catch (IOException | RuntimeException e) {
            abort.run();
            throw e;
        } finally {
            answer.close();
        }
        return null;
    }

    /** Events are worth nothing in a buffer, nor is what became of an import's rows while the others are worked on. */
    private boolean isStream() {
        MediaType type = headers.getContentType();
        return MediaType.TEXT_EVENT_STREAM.equalsTypeAndSubtype(type)
                || MediaType.APPLICATION_NDJSON.equalsTypeAndSubtype(type);
    }

    private static void copy(InputStream from, OutputStream to, boolean flush) throws IOException {
        byte[] buffer = new byte[BUFFER];
        for (int read = from.read(buffer); read >= 0; read = from.read(buffer)) {
            to.write(buffer, 0, read);
            if (flush) {
                to.flush();
            }
        }
    }
}
