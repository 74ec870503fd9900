package io.warren.contracts.registry;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * The gateway asks the registry whether a device that shows something over HTTPS is it: {@code POST} to {@link #PATH}, answered
 * with a {@link SignInAnswer}.
 *
 * @param username what it says it is, or what the common name of its certificate says
 * @param password what it shows: a secret, or a token signed with one; absent if it is a certificate
 * @param certificateSha256 SHA-256 of the certificate (DER) whose key it has proved to have, in lower-case hexadecimal digits; absent
 *     if it shows a password
 * @param address the network address it comes from
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SignInQuestion(
        String username,
        @Nullable String password,
        @Nullable String certificateSha256,
        String address) {

    /** Where the registry is asked, by the gateway only. */
    public static final String PATH = "/internal/device-sign-in";

    /** A question about a secret or a token. */
    public static SignInQuestion ofPassword(String username, String password, String address) {
        return new SignInQuestion(username, password, null, address);
    }

    /** A question about a certificate. */
    public static SignInQuestion ofCertificate(String username, String sha256, String address) {
        return new SignInQuestion(username, null, sha256, address);
    }

    /** The password is a secret. */
    @Override
    public String toString() {
        return "SignInQuestion[" + username + " from " + address + "]";
    }
}
