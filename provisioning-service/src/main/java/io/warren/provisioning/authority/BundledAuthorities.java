package io.warren.provisioning.authority;

import io.warren.contracts.device.TenantId;
import io.warren.platform.transfer.Outcome;
import io.warren.platform.web.FourDigitYear;
import io.warren.provisioning.enrollmentgroup.GroupDoors;
import io.warren.provisioning.offlinebundle.BundlePart;
import io.warren.provisioning.offlinebundle.BundleRow;
import io.warren.provisioning.offlinebundle.Delivery;
import io.warren.provisioning.offlinebundle.Result;
import io.warren.provisioning.offlinebundle.Selection;
import io.warren.provisioning.x509.TrustAnchors;
import io.warren.provisioning.x509.X509Certificates;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * Customers' authorities as bundles have them: those that groups name, if they are verified. Who proved possession there need not do
 * so again.
 */
@Component
@Order(BundlePart.AUTHORITIES)
class BundledAuthorities implements BundlePart<BundledAuthorities.Row> {

    private final CertificateAuthorities authorities;
    private final GroupDoors groups;
    private final Clock clock;

    BundledAuthorities(CertificateAuthorities authorities, GroupDoors groups, Clock clock) {
        this.authorities = authorities;
        this.groups = groups;
        this.clock = clock;
    }

    /** An authority in a bundle. */
    record Row(
            @NotNull @Pattern(regexp = "[A-Za-z0-9_-]{1,64}")
            String id,

            @NotNull @Valid AuthorityRequest authority,
            @NotNull @FourDigitYear Instant verifiedAt)
            implements BundleRow {

        @Override
        public String label() {
            return id;
        }
    }

    @Override
    public String name() {
        return "certificateAuthorities";
    }

    @Override
    public Class<Row> type() {
        return Row.class;
    }

    @Override
    public void take(Selection selection, Consumer<Row> rows) {
        for (String id : groups.authoritiesOf(selection.tenant(), selection.groups())) {
            authorities.find(selection.tenant(), id).ifPresent(authority -> {
                AuthorityDescription description = authority.description();
                Instant verifiedAt = authority.verifiedAt();
                if (verifiedAt != null) {
                    rows.accept(new Row(
                            id,
                            new AuthorityRequest(
                                    X509Certificates.pem(description.certificate()),
                                    description.rules(),
                                    description.validFrom(),
                                    description.validUntil()),
                            verifiedAt));
                }
            });
        }
    }

    @Override
    public List<Result> put(Delivery delivery, List<Row> rows) {
        authorities.reserve(delivery.tenant());
        return rows.stream().map(row -> Result.of(() -> put(delivery, row))).toList();
    }

    private Result put(Delivery delivery, Row row) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        AuthorityDescription description = AuthorityDescription.of(row.authority(), now);
        Optional<CertificateAuthority> existing = authorities.lock(delivery.tenant(), row.id());
        if (existing.isEmpty()) {
            return create(delivery, row, description, now);
        }
        CertificateAuthority authority = existing.get();
        boolean isSame = authority.isVerified() && authority.description().equals(description);
        Optional<Result> settled = delivery.settled(authority.bundleMadeAt(), isSame);
        if (settled.isPresent()) {
            return settled.get();
        }
        if (!authority.describe(description)) {
            return Result.refused("It has another certificate here.");
        }
        authority.bringBy(delivery.madeAt(), row.verifiedAt());
        return Result.of(isSame ? Outcome.UNCHANGED : Outcome.UPDATED);
    }

    private Result create(Delivery delivery, Row row, AuthorityDescription description, Instant now) {
        TenantId tenant = delivery.tenant();
        X509Certificate certificate = description.certificate();
        Optional<CertificateAuthority> other =
                authorities.named(tenant, List.of(TrustAnchors.name(certificate.getSubjectX500Principal()))).stream()
                        .filter(each -> each.certificate().equals(certificate))
                        .findFirst();
        if (other.isPresent()) {
            return Result.refused(
                    "Its certificate is registered as " + other.get().id() + ".");
        }
        if (authorities.count(tenant) >= AuthorityAdministration.MOST) {
            return Result.refused("A tenant has at most " + AuthorityAdministration.MOST + " certificate authorities.");
        }
        CertificateAuthority authority = new CertificateAuthority(AuthorityKey.of(tenant, row.id()), description, now);
        authority.bringBy(delivery.madeAt(), row.verifiedAt());
        authorities.add(authority);
        return Result.of(Outcome.CREATED);
    }
}
