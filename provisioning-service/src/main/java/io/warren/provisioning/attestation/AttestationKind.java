package io.warren.provisioning.attestation;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How a device proves itself. */
public enum AttestationKind {
    /** With a token that was made for one device. */
    @JsonProperty("claim-token")
    CLAIM_TOKEN("claim-token"),
    /** With a key of its own, or one derived from its group's, or a token signed with either. */
    @JsonProperty("symmetric-key")
    SYMMETRIC_KEY("symmetric-key"),
    /** With a certificate of an authority of its tenant. */
    @JsonProperty("x509")
    X509("x509"),
    /** With a signature of a key that was listed beforehand. */
    @JsonProperty("public-key")
    PUBLIC_KEY("public-key");

    private final String text;

    AttestationKind(String text) {
        this.text = text;
    }

    /** The kind as it stands in requests. */
    public String text() {
        return text;
    }
}
