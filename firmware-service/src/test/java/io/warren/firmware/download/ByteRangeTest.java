package io.warren.firmware.download;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ByteRangeTest {

    @ParameterizedTest
    @CsvSource({
        "bytes=0-0,0,0",
        "bytes=0-99,0,99",
        "bytes=40-,40,99",
        "bytes=-10,90,99",
        "bytes=-1000,0,99",
        "bytes=90-1000,90,99"
    })
    void aPartIsRead(String header, long first, long last) throws Exception {
        assertThat(ByteRange.of(header, 100)).isEqualTo(new ByteRange(first, last, 100));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "bytes", "bytes=", "bytes=x-y", "bytes=5-1", "items=0-1", "bytes=0-1,5-6"})
    void whatCannotBeReadOrIsManyPartsIsTheWhole(String header) throws Exception {
        assertThat(ByteRange.of(header, 100)).isEqualTo(ByteRange.whole(100));
    }

    @Test
    void noHeaderIsTheWhole() throws Exception {
        assertThat(ByteRange.of(null, 100)).isEqualTo(ByteRange.whole(100));
    }

    @ParameterizedTest
    @CsvSource({"bytes=100-,100", "bytes=100-200,100", "bytes=0-0,0", "bytes=-5,0"})
    void aPartBeyondTheEndIsNone(String header, long size) {
        assertThatExceptionOfType(ByteRange.Unsatisfiable.class).isThrownBy(() -> ByteRange.of(header, size));
    }
}
