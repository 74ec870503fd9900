package io.warren.provisioning.authority;

import io.warren.provisioning.x509.Flaw;

/** What is thought of a certificate that a device shows. */
public sealed interface Recognition {

    /**
     * An authority of the tenant has issued it.
     *
     * @param authority the authority's id
     * @param rules what is taken out of the certificate
     */
    record Recognised(String authority, AuthorityRules rules) implements Recognition {}

    /** It is not believed. */
    record Unrecognised(Flaw flaw) implements Recognition {}
}
