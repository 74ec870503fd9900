package io.warren.provisioning.x509;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import javax.naming.NamingEnumeration;
import javax.naming.NamingException;
import javax.naming.directory.Attribute;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import javax.security.auth.x500.X500Principal;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What a certificate says, as templates and expressions see it. */
public final class CertificateFacts {

    private static final int MOST_NAMES = 20;
    private static final int LONGEST = 256;

    /** Parts of names, which have no keyword in RFC 2253. */
    private static final Map<String, String> OIDS = Map.of(
            "2.5.4.5", "serialNumber",
            "2.5.4.12", "title",
            "2.5.4.46", "dnQualifier",
            "1.2.840.113549.1.9.1", "email");

    /** The keys of parts of names, of RFC 2253 in small letters. */
    private static final Map<String, String> KEYS = Map.ofEntries(
            Map.entry("CN", "cn"),
            Map.entry("O", "o"),
            Map.entry("OU", "ou"),
            Map.entry("C", "c"),
            Map.entry("L", "l"),
            Map.entry("ST", "st"),
            Map.entry("STREET", "street"),
            Map.entry("DC", "dc"),
            Map.entry("UID", "uid"),
            Map.entry("SERIALNUMBER", "serialNumber"),
            Map.entry("TITLE", "title"),
            Map.entry("DNQUALIFIER", "dnQualifier"),
            Map.entry("EMAIL", "email"));

    private CertificateFacts() {}

    /**
     * A tree of what it says: {@code subject} and {@code issuer} with their parts (what comes several times is an array),
     * {@code san} with {@code dns}, {@code uri} and {@code email}, {@code serial} and {@code sha256} in hexadecimal.
     */
    public static ObjectNode of(X509Certificate certificate) {
        ObjectNode facts = JsonNodeFactory.instance.objectNode();
        facts.set("subject", tree(parts(certificate.getSubjectX500Principal())));
        facts.set("san", alternativeNames(certificate));
        facts.put("serial", certificate.getSerialNumber().toString(16));
        facts.set("issuer", tree(parts(certificate.getIssuerX500Principal())));
        facts.put("sha256", HexFormat.of().formatHex(X509Certificates.sha256(certificate)));
        return facts;
    }

    /** The common names of a certificate's subject: one part of a name can have several. */
    public static List<String> commonNames(X509Certificate certificate) {
        return subject(certificate, "cn");
    }

    /** What a certificate's subject has under a key, such as {@code serialNumber}. */
    public static List<String> subject(X509Certificate certificate, String key) {
        return parts(certificate.getSubjectX500Principal()).getOrDefault(key, List.of());
    }

    private static Map<String, List<String>> parts(X500Principal name) {
        Map<String, List<String>> parts = new TreeMap<>();
        try {
            for (Rdn part : new LdapName(name.getName(X500Principal.RFC2253, OIDS)).getRdns()) {
                NamingEnumeration<? extends Attribute> attributes =
                        part.toAttributes().getAll();
                while (attributes.hasMore()) {
                    add(parts, attributes.next());
                }
            }
        } catch (NamingException e) {
            return Map.of();
        }
        return parts;
    }

    private static void add(Map<String, List<String>> parts, Attribute attribute) throws NamingException {
        String key = KEYS.get(attribute.getID().toUpperCase(Locale.ROOT));
        for (int i = 0; key != null && i < attribute.size(); i++) {
            // what is no text stands there as bytes
            if (attribute.get(i) instanceof String text && text.length() <= LONGEST) {
                List<String> found = parts.computeIfAbsent(key, _ -> new ArrayList<>());
                if (found.size() < MOST_NAMES) {
                    found.add(text);
                }
            }
        }
    }

    private static ObjectNode tree(Map<String, List<String>> parts) {
        ObjectNode tree = JsonNodeFactory.instance.objectNode();
        parts.forEach((key, values) -> {
            if (values.size() == 1) {
                tree.put(key, values.getFirst());
            } else {
                ArrayNode several = tree.putArray(key);
                values.forEach(several::add);
            }
        });
        return tree;
    }

    private static ObjectNode alternativeNames(X509Certificate certificate) {
        ObjectNode names = JsonNodeFactory.instance.objectNode();
        ArrayNode dns = names.putArray("dns");
        ArrayNode uri = names.putArray("uri");
        ArrayNode email = names.putArray("email");
        for (List<?> name : alternativeNamesOf(certificate)) {
            // kinds are numbered in RFC 5280, section 4.2.1.6
            @Nullable
            ArrayNode place = switch (name.getFirst()) {
                case Integer kind when kind == 1 -> email;
                case Integer kind when kind == 2 -> dns;
                case Integer kind when kind == 6 -> uri;
                default -> null;
            };
            if (place != null
                    && place.size() < MOST_NAMES
                    && name.get(1) instanceof String text
                    && text.length() <= LONGEST) {
                place.add(text);
            }
        }
        return names;
    }

    private static Collection<List<?>> alternativeNamesOf(X509Certificate certificate) {
        try {
            Collection<List<?>> names = certificate.getSubjectAlternativeNames();
            return names == null ? List.of() : names;
        } catch (CertificateParsingException e) {
            return List.of();
        }
    }
}
