package io.warren.gateway.peer;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads and writes the fields in which proxies say who called them. */
public final class ForwardedAddresses {

    private static final int LONGEST = 64;

    /** An address with a port or without; one of version 6 in brackets, which X-Forwarded-For may leave out. */
    private static final Pattern NODE = Pattern.compile("\\[([0-9A-Fa-f:.]+)](?::\\d{1,5})?|([0-9.]+)(?::\\d{1,5})?");

    private static final Pattern FOR =
            Pattern.compile("(?i)(?:^|;)\\s*for=(?:\"([^\"\\\\]*)\"|([^;\"\\s]*))\\s*(?=;|$)");

    private ForwardedAddresses() {}

    /** The addresses in {@code X-Forwarded-For}, from the caller's on; what stands before one that cannot be read is left out. */
    static List<String> forwardedFor(List<String> lines) {
        return addresses(elements(lines));
    }

    /** The addresses in {@code Forwarded} (RFC 7239); otherwise as the other. */
    static List<String> forwarded(List<String> lines) {
        return addresses(elements(lines).stream()
                .map(element -> {
                    Matcher node = FOR.matcher(element);
                    return node.find() ? Optional.ofNullable(node.group(1)).orElseGet(() -> node.group(2)) : "";
                })
                .toList());
    }

    /** What {@code Forwarded} says of a caller at an address. */
    public static String field(String address) {
        // the name of a network interface says nothing elsewhere
        String plain = address.split("%", 2)[0];
        return plain.indexOf(':') < 0 ? "for=" + plain : "for=\"[" + plain + "]\"";
    }

    private static List<String> elements(List<String> lines) {
        return lines.stream()
                .flatMap(line -> List.of(line.split(",", -1)).stream())
                .map(String::strip)
                .toList();
    }

    private static List<String> addresses(List<String> nodes) {
        List<String> addresses = new ArrayList<>();
        for (String node : nodes.reversed()) {
            String address = address(node);
            if (address == null) {
                break;
            }
            addresses.addFirst(address);
        }
        return addresses;
    }

    private static @Nullable String address(String node) {
        if (node.length() > LONGEST) {
            return null;
        }
        Matcher form = NODE.matcher(node);
        String literal = !form.matches() ? node : form.group(1) == null ? form.group(2) : form.group(1);
        try {
            InetAddress address = InetAddress.ofLiteral(literal.toLowerCase(Locale.ROOT));
            return address.getHostAddress().split("%", 2)[0];
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
