package io.warren.gateway.device;

import io.warren.contracts.device.DeviceAddress;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import javax.naming.NamingException;
import javax.naming.directory.Attribute;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;

/**
 * A certificate that names a device.
 *
 * @param device its common name
 * @param sha256 of its encoding (DER), in lower-case hexadecimal digits
 */
record DeviceCertificate(DeviceAddress device, String sha256) {

    /** Reads a certificate; empty if its subject has not one common name that is a device's address, as that of a factory. */
    static Optional<DeviceCertificate> of(X509Certificate certificate) {
        List<String> names = commonNames(certificate);
        return names.size() == 1
                ? DeviceAddress.parse(names.getFirst())
                        .map(device -> new DeviceCertificate(device, sha256Of(certificate)))
                : Optional.empty();
    }

    /** All of them: one part of a name can have several. */
    private static List<String> commonNames(X509Certificate certificate) {
        try {
            List<String> names = new ArrayList<>();
            for (Rdn part : new LdapName(certificate.getSubjectX500Principal().getName()).getRdns()) {
                Attribute found = part.toAttributes().get("CN");
                for (int i = 0; found != null && i < found.size(); i++) {
                    names.add(found.get(i).toString());
                }
            }
            return names;
        } catch (NamingException e) {
            return List.of();
        }
    }

    private static String sha256Of(X509Certificate certificate) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded()));
        } catch (NoSuchAlgorithmException | CertificateEncodingException e) {
            throw new IllegalStateException(e);
        }
    }
}
