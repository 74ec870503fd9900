package io.warren.provisioning.x509;

/** Why a certificate is not believed. */
public enum Flaw {
    /** There is none, or what is there cannot be read. */
    MALFORMED("There is no certificate that can be read."),
    /** It is no longer valid, or something above it is not. */
    EXPIRED("The certificate, or one above it, has expired."),
    /** It is not valid yet, or something above it is not. */
    NOT_YET_VALID("The certificate, or one above it, is not valid yet."),
    /** It was issued for something else. */
    WRONG_PURPOSE(
            "The certificate is not for signing in as a client: its key usage or extended key usage is for something else."),
    /** It is an authority's own. */
    AUTHORITY("The certificate is an authority's, not a device's."),
    /** Its key or a signature can be broken. */
    WEAK(
            "A key or a signature is too weak: RSA has 2048 bits at the least, EC 256, and no signature is with SHA-1 or MD5."),
    /** A signature is not its issuer's. */
    FORGED("A signature is not that of the issuer named."),
    /** What stands between it and the authority may not stand there. */
    BROKEN_PATH(
            "What leads from the certificate to the authority is not allowed: a path length, a key usage or a name in it says so."),
    /** No authority of the tenant has issued it. */
    FOREIGN("No certificate authority of this tenant has issued it."),
    /** The authority that has issued it has not been shown to be the tenant's. */
    UNVERIFIED("The certificate authority that has issued it has not been verified."),
    /** The authority that has issued it is not trusted at this time. */
    NOT_IN_FORCE("The certificate authority that has issued it is not trusted at this time.");

    private final String text;

    Flaw(String text) {
        this.text = text;
    }

    /** The reason, for the tenant. */
    public String text() {
        return text;
    }
}
