package io.warren.simulator.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class LatencyFiguresTest {

    @Test
    void percentilesAreNearestRank() throws IOException {
        List<Long> millis = LongStream.rangeClosed(1, 200).boxed().toList().reversed();

        assertThat(LatencyFigures.of(millis)).isEqualTo(new LatencyFigures(200, 100, 198, 200));
    }

    @Test
    void oneSampleIsEveryPercentile() throws IOException {
        assertThat(LatencyFigures.of(List.of(7L))).isEqualTo(new LatencyFigures(1, 7, 7, 7));
    }

    @Test
    void noSampleIsAFailureNotAGoodFigure() {
        assertThatThrownBy(() -> LatencyFigures.of(List.of())).isInstanceOf(IOException.class);
    }
}
