package io.warren.provisioning.revocation;

import io.warren.provisioning.certificate.CertificateRevoked;
import io.warren.provisioning.certificate.RevokedCertificates;
import java.time.Clock;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.springframework.core.annotation.Order;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionalEventListener;

/**
 * Has everything forgotten that is not true any more: what this replica revokes at once, what others revoke within seconds, because the
 * database is asked whether there is more than before.
 */
@Component
class RevocationChanges {

    /** Before those who go on with what is true then. */
    static final int FIRST = 0;

    private final RevokedCertificates revoked;
    private final RevocationLists lists;
    private final OcspResponder responder;
    private final Clock clock;
    private Map<String, String> seen = Map.of();

    RevocationChanges(RevokedCertificates revoked, RevocationLists lists, OcspResponder responder, Clock clock) {
        this.revoked = revoked;
        this.lists = lists;
        this.responder = responder;
        this.clock = clock;
    }

    @Order(FIRST)
    @TransactionalEventListener
    void forget(CertificateRevoked revocation) {
        lists.forget(revocation.issuer());
        responder.forgetAll();
    }

    @Scheduled(fixedDelay = 2_000)
    void look() {
        Map<String, String> marks = revoked.marks(clock.instant());
        Set<String> issuers = new HashSet<>(seen.keySet());
        issuers.addAll(marks.keySet());
        issuers.removeIf(issuer -> Objects.equals(seen.get(issuer), marks.get(issuer)));
        issuers.forEach(lists::forget);
        if (!issuers.isEmpty()) {
            responder.forgetAll();
        }
        seen = marks;
    }
}
