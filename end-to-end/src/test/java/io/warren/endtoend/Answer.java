package io.warren.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An answer of the REST API. */
final class Answer {

    private final String request;
    private final HttpResponse<byte[]> response;

    Answer(String request, HttpResponse<byte[]> response) {
        this.request = request;
        this.response = response;
    }

    int status() {
        return response.statusCode();
    }

    byte[] bytes() {
        return response.body();
    }

    String header(String name) {
        return response.headers().firstValue(name).orElse("");
    }

    JsonNode json() {
        return JsonMapper.shared().readTree(bytes());
    }

    /** A text in the JSON body, by its pointer. */
    String text(String pointer) {
        JsonNode node = json().at(pointer);
        assertThat(node.isString())
                .as("%s in the answer to %s: %s", pointer, request, this)
                .isTrue();
        return node.stringValue();
    }

    Answer expect(int status) {
        assertThat(status()).as("%s was answered with %s", request, this).isEqualTo(status);
        return this;
    }

    /** Checks that it is a problem by RFC 9457, and which. */
    Answer expectProblem(int status, String type) {
        expectProblem(status);
        assertThat(text("/type")).as(toString()).isEqualTo("urn:warren:problem:" + type);
        return this;
    }

    /** Checks that it is a problem by RFC 9457 that gives nothing of the inside away. */
    Answer expectProblem(int status) {
        expect(status);
        assertThat(header("Content-Type")).as("of the answer to %s", request).startsWith("application/problem+json");
        assertThat(text("/type")).startsWith("urn:warren:problem:");
        assertThat(json().get("status").intValue()).isEqualTo(status);
        assertThat(toString()).doesNotContain("Exception", "at io.warren", "org.springframework");
        return this;
    }

    @Override
    public String toString() {
        return status() + " " + new String(bytes(), StandardCharsets.UTF_8);
    }
}
