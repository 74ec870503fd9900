package io.warren.provisioning.certificate;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.bouncycastle.asn1.x509.CRLReason;

/** Why a certificate is not good any more (RFC 5280, section 5.3.1). */
public enum RevocationReason {
    @JsonProperty("unspecified")
    UNSPECIFIED("unspecified", CRLReason.unspecified),
    /** Somebody else may know its key, which is never certified again. */
    @JsonProperty("key-compromise")
    KEY_COMPROMISE("key-compromise", CRLReason.keyCompromise),
    @JsonProperty("affiliation-changed")
    AFFILIATION_CHANGED("affiliation-changed", CRLReason.affiliationChanged),
    /** There is another in its place. */
    @JsonProperty("superseded")
    SUPERSEDED("superseded", CRLReason.superseded),
    /** The device is gone. */
    @JsonProperty("cessation-of-operation")
    CESSATION_OF_OPERATION("cessation-of-operation", CRLReason.cessationOfOperation),
    @JsonProperty("privilege-withdrawn")
    PRIVILEGE_WITHDRAWN("privilege-withdrawn", CRLReason.privilegeWithdrawn);

    private final String text;
    private final int code;

    RevocationReason(String text, int code) {
        this.text = text;
        this.code = code;
    }

    /** As in requests, answers and events. */
    public String text() {
        return text;
    }

    /** As in revocation lists and OCSP answers. */
    public int code() {
        return code;
    }
}
