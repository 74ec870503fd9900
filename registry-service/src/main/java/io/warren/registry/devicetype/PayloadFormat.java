package io.warren.registry.devicetype;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What the body of a telemetry message is when the message does not say so itself. */
enum PayloadFormat {
    @JsonProperty("json")
    JSON("json"),
    @JsonProperty("cbor")
    CBOR("cbor"),
    @JsonProperty("senml+json")
    SENML_JSON("senml+json"),
    @JsonProperty("senml+cbor")
    SENML_CBOR("senml+cbor");

    private final String wireName;

    PayloadFormat(String wireName) {
        this.wireName = wireName;
    }

    String wireName() {
        return wireName;
    }
}
