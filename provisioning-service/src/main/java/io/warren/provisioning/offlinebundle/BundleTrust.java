package io.warren.provisioning.offlinebundle;

import io.warren.provisioning.issuing.Authorities;
import io.warren.provisioning.issuing.Authority;
import io.warren.provisioning.issuing.TrustBundle;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Whom devices trust here, and who gives them certificates. The keys of authorities do not travel. */
@Component
class BundleTrust {

    private static final Pattern CERTIFICATE =
            Pattern.compile("-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----");

    private final TrustBundle roots;
    private final Authorities issuers;

    BundleTrust(TrustBundle roots, Authorities issuers) {
        this.roots = roots;
        this.issuers = issuers;
    }

    /** The roots that devices trust, in PEM. */
    String roots() {
        return roots.pem();
    }

    /** The authorities that give certificates to devices, in PEM. */
    String issuers() {
        return issuers.all().stream().map(Authority::pem).sorted().collect(Collectors.joining());
    }

    /** Those of some certificates in PEM that devices do not trust here; absent if they trust all. */
    @Nullable
    String missing(String theirs) {
        List<String> ours = certificates(roots.pem()).stream()
                .map(BundleTrust::withoutSpace)
                .toList();
        List<String> missing = certificates(theirs).stream()
                .filter(each -> !ours.contains(withoutSpace(each)))
                .toList();
        return missing.isEmpty() ? null : String.join("\n", missing) + "\n";
    }

    private static List<String> certificates(String pem) {
        return CERTIFICATE.matcher(pem).results().map(each -> each.group()).toList();
    }

    private static String withoutSpace(String pem) {
        return pem.replaceAll("\\s", "");
    }
}
