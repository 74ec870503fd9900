package io.warren.gateway.token;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/** The public half of a signing key, for the services to check tokens with. */
@Entity
@Table(name = "signing_key")
class PublishedKey {

    @Id
    private String id;

    private String jwk;
    private Instant expiresAt;

    @SuppressWarnings("NullAway.Init")
    protected PublishedKey() {}

    PublishedKey(String id, String jwk, Instant expiresAt) {
        this.id = id;
        this.jwk = jwk;
        this.expiresAt = expiresAt;
    }

    /** As a JSON Web Key (RFC 7517). */
    String jwk() {
        return jwk;
    }

    @Override
    public String toString() {
        return "PublishedKey[" + id + " until " + expiresAt + "]";
    }
}
