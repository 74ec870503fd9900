package io.warren.platform.trace;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * A place in a trace, as W3C Trace Context has it.
 *
 * @param traceId 32 lower-case hexadecimal digits
 * @param spanId 16 lower-case hexadecimal digits
 */
public record TraceContext(String traceId, String spanId) {

    /** The header of requests and messages that carries the trace. */
    public static final String HEADER = "traceparent";

    private static final Pattern FORM = Pattern.compile("[0-9a-f]{2}-([0-9a-f]{32})-([0-9a-f]{16})-[0-9a-f]{2}");
    private static final String TRACE_KEY = "traceId";
    private static final String SPAN_KEY = "spanId";
    private static final SecureRandom RANDOM = new SecureRandom();

    /** Begins a new trace. */
    public static TraceContext begin() {
        return new TraceContext(randomHex(16), randomHex(8));
    }

    /** Reads a {@code traceparent}; empty if it is malformed, in which case the standard says to begin anew. */
    public static Optional<TraceContext> parse(@Nullable String traceparent) {
        if (traceparent == null) {
            return Optional.empty();
        }
        Matcher matcher = FORM.matcher(traceparent);
        return matcher.matches() ? Optional.of(new TraceContext(matcher.group(1), matcher.group(2))) : Optional.empty();
    }

    /** The trace that this thread works for, if any. */
    public static @Nullable TraceContext current() {
        String traceId = MDC.get(TRACE_KEY);
        String spanId = MDC.get(SPAN_KEY);
        return traceId == null || spanId == null ? null : new TraceContext(traceId, spanId);
    }

    /** A step of this trace, to be entered by whoever takes it over. */
    public TraceContext child() {
        return new TraceContext(traceId, randomHex(8));
    }

    /** Makes this the thread's trace, in its log lines too, until the scope is closed. */
    public Scope enter() {
        MDC.put(TRACE_KEY, traceId);
        MDC.put(SPAN_KEY, spanId);
        return () -> {
            MDC.remove(TRACE_KEY);
            MDC.remove(SPAN_KEY);
        };
    }

    /** The value of the {@value #HEADER} header. */
    public String traceparent() {
        return "00-" + traceId + "-" + spanId + "-01";
    }

    private static String randomHex(int bytes) {
        byte[] random = new byte[bytes];
        RANDOM.nextBytes(random);
        return HexFormat.of().formatHex(random);
    }

    /** Ends the thread's work for a trace. */
    @FunctionalInterface
    public interface Scope extends AutoCloseable {
        @Override
        void close();
    }
}
