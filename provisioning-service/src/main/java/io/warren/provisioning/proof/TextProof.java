package io.warren.provisioning.proof;

import io.warren.contracts.device.AccessToken;
import io.warren.provisioning.attestation.AttestationKind;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A proof as one text: the token of an attestation, or {@code group/token} where the token does not say through which group. No token
 * has a slash in it.
 *
 * @param group the enrolment group that it names, if it does
 * @param token the token
 */
record TextProof(@Nullable String group, String token) {

    private static final Pattern WITH_GROUP = Pattern.compile("([A-Za-z0-9_-]{1,64})/(.+)");

    /** Three parts in base64url (RFC 7515). */
    private static final Pattern SIGNED = Pattern.compile("[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+");

    static TextProof parse(String text) {
        Matcher form = WITH_GROUP.matcher(text);
        return form.matches() ? new TextProof(form.group(1), form.group(2)) : new TextProof(null, text);
    }

    /** What it can be, the likeliest first; the text does not say, and that of one kind proves nothing as another. */
    List<AttestationKind> kinds() {
        if (token.startsWith(AccessToken.SCHEME)) {
            return List.of(AttestationKind.SYMMETRIC_KEY);
        }
        return SIGNED.matcher(token).matches()
                ? List.of(AttestationKind.PUBLIC_KEY, AttestationKind.X509)
                : List.of(AttestationKind.CLAIM_TOKEN, AttestationKind.SYMMETRIC_KEY);
    }

    /** The token is a secret. */
    @Override
    public String toString() {
        return "TextProof[group=" + group + "]";
    }
}
