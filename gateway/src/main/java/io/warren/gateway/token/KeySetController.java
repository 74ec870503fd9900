package io.warren.gateway.token;

import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The keys that internal tokens are checked with, as a JWK Set (RFC 7517); on the plain port only. */
@RestController
class KeySetController {

    private final KeyPublication publication;

    KeySetController(KeyPublication publication) {
        this.publication = publication;
    }

    @GetMapping(path = "/internal/jwks.json", produces = MediaType.APPLICATION_JSON_VALUE)
    String keys() {
        return "{\"keys\":[" + String.join(",", publication.published()) + "]}";
    }
}
