package io.warren.provisioning.est;

import io.warren.contracts.device.DeviceAddress;
import io.warren.platform.problem.ProblemException;
import io.warren.platform.problem.ProblemKind;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.springframework.http.HttpStatus;

/**
 * What a device shows with HTTP Basic authentication (RFC 7617).
 *
 * @param device the user name: {@code device@tenant}
 * @param proof the password
 */
record EstCredentials(DeviceAddress device, String proof) {

    /** Nothing, or nothing that could be believed, was shown. */
    static final ProblemKind UNAUTHORIZED = new ProblemKind("unauthorized", HttpStatus.UNAUTHORIZED, "Unauthorized");

    private static final String SCHEME = "Basic ";
    private static final int LONGEST = 24 * 1024;

    /**
     * Reads the values of the header.
     *
     * @return empty if there is none
     * @throws ProblemException if it is anything else, or there are two
     */
    static Optional<EstCredentials> parse(List<String> values) {
        if (values.isEmpty()) {
            return Optional.empty();
        }
        if (values.size() > 1 || values.getFirst().length() > LONGEST) {
            throw unreadable();
        }
        String value = values.getFirst();
        if (!value.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            throw unreadable();
        }
        return Optional.of(read(value.substring(SCHEME.length()).strip()));
    }

    private static EstCredentials read(String base64) {
        String text;
        try {
            text = new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw unreadable();
        }
        int colon = text.indexOf(':');
        if (colon < 0 || colon == text.length() - 1) {
            throw unreadable();
        }
        return new EstCredentials(
                DeviceAddress.parse(text.substring(0, colon)).orElseThrow(EstCredentials::unreadable),
                text.substring(colon + 1));
    }

    private static ProblemException unreadable() {
        return new ProblemException(
                UNAUTHORIZED, "The user name is {device}@{tenant}, and the password what proves that.");
    }

    /** The proof is a secret. */
    @Override
    public String toString() {
        return "EstCredentials[" + device + "]";
    }
}
