package io.warren.simulator.bench.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.warren.simulator.installation.History;
import java.time.Instant;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class CompletenessTest {

    @Test
    void aWholeHistoryHasNothingToTell() {
        assertThat(of(1, 2, 3)).isEqualTo(new Completeness(3, 0, 0));
    }

    @Test
    void aRepeatedMessageIsDoubledNotStoredTwice() {
        assertThat(of(1, 2, 2, 3)).isEqualTo(new Completeness(3, 1, 0));
    }

    @Test
    void aMessageAfterALaterOneIsOutOfOrder() {
        assertThat(of(1, 3, 2, 4)).isEqualTo(new Completeness(4, 0, 1));
    }

    private static Completeness of(long... seqs) {
        return Completeness.of(Arrays.stream(seqs)
                .mapToObj(seq -> new History.Item(Instant.EPOCH, seq))
                .toList());
    }
}
