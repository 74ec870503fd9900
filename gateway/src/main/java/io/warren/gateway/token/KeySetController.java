package io.warren.gateway.token;

import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.http.MediaType;
import org.springframework.transaction.TransactionException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The keys that internal tokens are checked with, as a JWK Set (RFC 7517); on the plain port only. */
@RestController
class KeySetController {

    private static final Logger log = LoggerFactory.getLogger(KeySetController.class);

    private final KeyPublication publication;
    private volatile List<String> known = List.of();

    KeySetController(KeyPublication publication) {
        this.publication = publication;
    }

    @GetMapping(path = "/internal/jwks.json", produces = MediaType.APPLICATION_JSON_VALUE)
    String keys() {
        return "{\"keys\":[" + String.join(",", published()) + "]}";
    }

    /** While the database is away, the keys of the last answer: all that is missing is what another replica made since. */
    private List<String> published() {
        try {
            known = publication.published();
        } catch (DataAccessException | TransactionException e) {
            if (known.isEmpty()) {
                throw e;
            }
            log.warn("The keys of the last answer are given out again: {}", e.getMessage());
        }
        return known;
    }
}
