package io.warren.provisioning.authority;

import io.warren.contracts.device.TenantId;
import io.warren.platform.database.Integrity;
import io.warren.platform.problem.ProblemException;
import io.warren.platform.problem.ProblemKind;
import io.warren.platform.problem.Violation;
import io.warren.platform.web.EntityTags;
import io.warren.platform.web.Page;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** How customers' certificate authorities come, are verified, change and go. */
@Service
class AuthorityAdministration {

    /** An authority that goes takes the trust with it at once, so nothing keeps a tenant from having it go. */
    static final int MOST = 50;

    private static final int CHALLENGE_BYTES = 32;
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");
    private static final ProblemKind TOO_MANY = new ProblemKind(
            "too-many-certificate-authorities",
            HttpStatus.CONFLICT,
            "The tenant has all the certificate authorities it may have");
    private static final ProblemKind OTHER = new ProblemKind(
            "certificate-authority-exists", HttpStatus.CONFLICT, "The certificate authority exists and is different");
    private static final ProblemKind UNPROVED =
            new ProblemKind("possession-not-proved", HttpStatus.UNPROCESSABLE_CONTENT, "Possession not proved");

    private final CertificateAuthorities authorities;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    AuthorityAdministration(CertificateAuthorities authorities, Clock clock) {
        this.authorities = authorities;
        this.clock = clock;
    }

    /** An authority after a {@code PUT}. */
    record Outcome(AuthorityView authority, boolean created) {}

    /** What is to be signed with an authority's key. */
    record Challenge(String challenge, Instant expiresAt) {}

    /** Registers an authority, which is not trusted yet, or gives one that exists other rules and another time. */
    @Transactional
    Outcome put(TenantId tenant, String id, AuthorityRequest request, @Nullable String ifMatch) {
        if (!ID.matcher(id).matches()) {
            throw new ProblemException(
                    ProblemKind.INVALID,
                    "A certificate authority's id has the form " + ID + ".",
                    List.of(new Violation("id", ID.toString())));
        }
        Instant now = now();
        AuthorityDescription description = AuthorityDescription.of(request, now);
        Optional<CertificateAuthority> existing = authorities.lock(tenant, id);
        EntityTags.check(ifMatch, existing.map(CertificateAuthority::version));
        if (existing.isEmpty()) {
            return new Outcome(create(tenant, id, description, now), true);
        }
        if (!existing.get().describe(description)) {
            throw new ProblemException(
                    OTHER, "The certificate does not change: register the new one beside it, under an id of its own.");
        }
        authorities.flush();
        return new Outcome(existing.get().view(now), false);
    }

    @Transactional(readOnly = true)
    AuthorityView get(TenantId tenant, String id) {
        return authorities.get(tenant, id).view(now());
    }

    @Transactional(readOnly = true)
    Page<AuthorityView> list(TenantId tenant, @Nullable Integer limit, @Nullable String cursor) {
        Instant now = now();
        return Page.byId(
                        limit,
                        cursor,
                        (after, size) -> authorities.after(tenant, after, size),
                        CertificateAuthority::id)
                .map(authority -> authority.view(now));
    }

    /** Asks for a proof that the key is in the tenant's hands. */
    @Transactional
    Challenge challenge(TenantId tenant, String id) {
        CertificateAuthority authority = authorities.lock(tenant, id).orElseThrow(CertificateAuthorities::notFound);
        byte[] bytes = new byte[CHALLENGE_BYTES];
        random.nextBytes(bytes);
        String text = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        return new Challenge(text, authority.challenge(text, now()));
    }

    /** Trusts an authority on the ground of a proof. */
    @Transactional
    AuthorityView verify(TenantId tenant, String id, String proof) {
        CertificateAuthority authority = authorities.lock(tenant, id).orElseThrow(CertificateAuthorities::notFound);
        Instant now = now();
        if (!authority.isProvedBy(AuthorityDescription.single(proof), now)) {
            throw new ProblemException(
                    UNPROVED,
                    "This is no certificate that the authority has issued to a challenge that is still open.",
                    List.of(new Violation(
                            "/certificate", "its only common name is the challenge, its issuer this authority")));
        }
        authorities.flush();
        return authority.view(now);
    }

    @Transactional
    void delete(TenantId tenant, String id, @Nullable String ifMatch) {
        CertificateAuthority authority = authorities.lock(tenant, id).orElseThrow(CertificateAuthorities::notFound);
        EntityTags.check(ifMatch, authority.version());
        authorities.remove(authority);
    }

    private AuthorityView create(TenantId tenant, String id, AuthorityDescription description, Instant now) {
        authorities.reserve(tenant);
        if (authorities.count(tenant) >= MOST) {
            throw new ProblemException(TOO_MANY, "A tenant has at most " + MOST + " certificate authorities.");
        }
        CertificateAuthority authority = new CertificateAuthority(AuthorityKey.of(tenant, id), description, now);
        try {
            authorities.add(authority);
        } catch (DataIntegrityViolationException e) {
            if (!Integrity.isDuplicate(e)) {
                throw e;
            }
            throw new ProblemException(OTHER, "The certificate is registered already, or somebody else was faster.");
        }
        return authority.view(now);
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
