package io.warren.provisioning.est;

import io.warren.provisioning.issuing.Authorities;
import io.warren.provisioning.issuing.Authority;
import io.warren.provisioning.issuing.TrustBundle;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.bouncycastle.cert.X509CertificateHolder;
import org.springframework.stereotype.Component;

/** The authorities that a device needs to know: those that issue, those between them and the roots, and the roots. */
@Component
class EstAuthorities {

    private final Authorities issuing;
    private final TrustBundle trusted;

    EstAuthorities(Authorities issuing, TrustBundle trusted) {
        this.issuing = issuing;
        this.trusted = trusted;
    }

    List<X509CertificateHolder> all() {
        Set<X509CertificateHolder> certificates = new LinkedHashSet<>();
        issuing.all().stream().map(Authority::chain).forEach(certificates::addAll);
        certificates.addAll(PemCertificates.read(trusted.pem()));
        return new ArrayList<>(certificates);
    }
}
