package io.warren.simulator.enrollment;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FactoryGroupTest {

    /** The bytes {@code 0123456789abcdef0123456789abcdef}. */
    private static final String KEY = "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY";

    @Test
    void theKeyOfADeviceIsThatWhichOpensslDerives() {
        FactoryDevice device = FactoryGroup.of("pumps", KEY).device("pump-17");

        // printf pump-17 | openssl dgst -sha256 -mac HMAC -macopt hexkey:3031… -binary | base64
        assertThat(device.key()).isEqualTo("auKFFM3YpxPQaJfU3qpFoZifx0RFgdJqsrCJ2SCbr-o");
    }

    @Test
    void aDeviceDoesNotHaveTheKeyOfItsGroup() {
        FactoryDevice device = FactoryGroup.of("pumps", KEY).device("pump-17");

        assertThat(device.request("acme").toString()).doesNotContain(KEY);
        assertThat(device).hasToString("pump-17");
    }
}
