package io.warren.platform.trace;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TraceContextTest {

    @Test
    void readsBackWhatItWrote() {
        TraceContext trace = TraceContext.begin();
        assertThat(TraceContext.parse(trace.traceparent())).contains(trace);
    }

    @Test
    void aStepBelongsToTheSameTrace() {
        TraceContext trace = TraceContext.begin();
        assertThat(trace.child().traceId()).isEqualTo(trace.traceId());
        assertThat(trace.child().spanId()).isNotEqualTo(trace.spanId());
    }

    @Test
    void whatIsMalformedIsNotRead() {
        assertThat(TraceContext.parse(null)).isEmpty();
        assertThat(TraceContext.parse("00-xyz")).isEmpty();
    }

    @Test
    void aThreadHasATraceForAsLongAsItIsEntered() {
        TraceContext trace = TraceContext.begin();
        try (TraceContext.Scope _ = trace.enter()) {
            assertThat(TraceContext.current()).isEqualTo(trace);
        }
        assertThat(TraceContext.current()).isNull();
    }
}
