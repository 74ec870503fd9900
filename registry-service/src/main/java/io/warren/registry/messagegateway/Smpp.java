package io.warren.registry.messagegateway;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A message centre that speaks SMPP 3.4, which is bound to as a transmitter.
 *
 * @param host its name or address
 * @param port its port
 * @param tls whether TLS is spoken; left out, it is
 * @param systemId the name to bind with, up to 15 characters
 * @param password the password to bind with, up to 8 characters; in no answer
 * @param systemType as the message centre wants it, up to 12 characters; left out, none
 * @param sourceAddress whom messages come from: a number, a short code or a name; left out, the message centre knows
 * @param sourceTon the type of that number, 0 to 6 (SMPP 3.4, section 5.2.5); left out, 0
 * @param sourceNpi its numbering plan, 0 to 18 (section 5.2.6); left out, 0
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Smpp(
        @NotNull @Pattern(regexp = "[A-Za-z0-9.:-]{1,253}") String host,

        @NotNull @Min(1) @Max(65_535) Integer port,
        Boolean tls,

        @NotNull @Pattern(regexp = "[\\x21-\\x7e]{1,15}") String systemId,

        @Pattern(regexp = "[\\x21-\\x7e]{1,8}", message = "1 to 8 printable characters of ASCII, no blanks") @Nullable
        String password,

        @Pattern(regexp = "[\\x21-\\x7e]{0,12}") @Nullable String systemType,

        @Pattern(regexp = "[A-Za-z0-9+ ]{1,20}") @Nullable String sourceAddress,

        @Min(0) @Max(6) Integer sourceTon,
        @Min(0) @Max(18) Integer sourceNpi) {

    /** The kind of such gateways. */
    public static final String KIND = "smpp";

    @SuppressWarnings("ConstantValue") // JSON may leave out any of them
    public Smpp {
        tls = Objects.requireNonNullElse(tls, true);
        sourceTon = Objects.requireNonNullElse(sourceTon, 0);
        sourceNpi = Objects.requireNonNullElse(sourceNpi, 0);
    }

    @AssertTrue(message = "a numbering plan: 0, 1, 3, 4, 6, 8, 9, 10, 14 or 18")
    boolean isSourceNpi() {
        return switch (sourceNpi) {
            case 0, 1, 3, 4, 6, 8, 9, 10, 14, 18 -> true;
            default -> false;
        };
    }

    /** The same without the password. */
    public Smpp withoutPassword() {
        return new Smpp(host, port, tls, systemId, null, systemType, sourceAddress, sourceTon, sourceNpi);
    }

    /** Whether the password would be shown to the same message centre, for the same name. */
    public boolean isSameLoginAs(Smpp other) {
        return host.equals(other.host)
                && port.equals(other.port)
                && tls.equals(other.tls)
                && systemId.equals(other.systemId);
    }

    @Override
    public String toString() {
        return "Smpp[" + systemId + " at " + host + ":" + port + "]";
    }
}
