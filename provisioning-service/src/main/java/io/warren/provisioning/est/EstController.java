package io.warren.provisioning.est;

import io.warren.contracts.device.TenantId;
import io.warren.platform.problem.ProblemException;
import io.warren.provisioning.attestation.Source;
import io.warren.provisioning.bootstrap.AssignedResponse;
import io.warren.provisioning.bootstrap.BootstrapAnswer;
import io.warren.provisioning.bootstrap.PendingResponse;
import io.warren.provisioning.bootstrap.RegisterResponse;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * The four operations of EST that devices need, each tenant's under its own label. Bodies are base64 in both directions (RFC 8951),
 * and what goes wrong is told as text, since the standard's clients know no problems.
 */
@RestController
@RequestMapping("/.well-known/est/{tenant}")
class EstController {

    private static final String REQUEST = "application/pkcs10";
    private static final String CERTIFICATES = "application/pkcs7-mime";
    private static final String CERTIFICATES_ONLY = CERTIFICATES + "; smime-type=certs-only";
    private static final String ATTRIBUTES = "application/csrattrs";
    private static final String TRANSFER_ENCODING = "Content-Transfer-Encoding";
    private static final String CHALLENGE = "Basic realm=\"warren-est\", charset=\"UTF-8\"";

    /** What the gateway makes of a device's {@code Authorization}, whose place its own token takes. */
    private static final String AUTHORIZATION = "Warren-Device-Authorization";

    private final EstAuthorities authorities;
    private final Enrolment enrolment;
    private final Renewal renewal;

    EstController(EstAuthorities authorities, Enrolment enrolment, Renewal renewal) {
        this.authorities = authorities;
        this.enrolment = enrolment;
        this.renewal = renewal;
    }

    /** The authorities that devices of this installation trust, and those that issue to them (section 4.1). */
    @GetMapping(path = "/cacerts", produces = CERTIFICATES)
    ResponseEntity<String> authorities(@PathVariable TenantId tenant) {
        return body(CERTIFICATES_ONLY, CertsOnly.base64(authorities.all()));
    }

    /** What a request should look like (section 4.5). */
    @GetMapping(path = "/csrattrs", produces = ATTRIBUTES)
    ResponseEntity<String> attributes(@PathVariable TenantId tenant) {
        return body(ATTRIBUTES, RequestAttributes.base64());
    }

    /** Bootstrap: a device without an identity gets its first certificate (section 4.2.1). */
    @PostMapping(path = "/simpleenroll", consumes = REQUEST, produces = CERTIFICATES)
    ResponseEntity<String> enrol(
            @PathVariable TenantId tenant, @RequestBody String request, Source source, HttpServletRequest http) {
        List<String> authorization = Collections.list(http.getHeaders(AUTHORIZATION));
        BootstrapAnswer answer = enrolment.enrol(tenant, EstCredentials.parse(authorization), request, source);
        return switch (answer) {
            case RegisterResponse registered ->
                certificate(Objects.requireNonNull(registered.credentials().certificate()));
            case PendingResponse pending ->
                ResponseEntity.accepted()
                        .header(HttpHeaders.RETRY_AFTER, String.valueOf(pending.retryAfterSeconds()))
                        .contentType(MediaType.TEXT_PLAIN)
                        .body("Come again: " + pending.status().text() + ".\n");
            case AssignedResponse assigned ->
                text(
                        HttpStatus.FORBIDDEN,
                        "This device belongs to " + assigned.platform().url() + ".");
        };
    }

    /** A device that has a certificate gets the next one (section 4.2.2). */
    @PostMapping(path = "/simplereenroll", consumes = REQUEST, produces = CERTIFICATES)
    ResponseEntity<String> renew(@PathVariable TenantId tenant, @RequestBody String request, Source source) {
        return certificate(renewal.renew(tenant, request, source));
    }

    @ExceptionHandler
    ResponseEntity<String> refused(ProblemException problem) {
        HttpStatus status = problem.kind().status();
        if (status == HttpStatus.UNAUTHORIZED) {
            // without a word: clients, Bouncy Castle's for one, answer the challenge on the spot and trip over a body
            return ResponseEntity.status(status)
                    .header(HttpHeaders.WWW_AUTHENTICATE, CHALLENGE)
                    .build();
        }
        HttpHeaders headers = new HttpHeaders();
        Duration retryAfter = problem.retryAfter();
        if (retryAfter != null) {
            headers.set(HttpHeaders.RETRY_AFTER, String.valueOf(Math.max(1, retryAfter.toSeconds())));
        }
        String places = problem.violations().stream()
                .map(violation -> " " + violation.pointer() + ": " + violation.detail() + ".")
                .collect(Collectors.joining());
        // the standard knows 400 for whatever is wrong with a request
        return ResponseEntity.status(status == HttpStatus.UNPROCESSABLE_CONTENT ? HttpStatus.BAD_REQUEST : status)
                .headers(headers)
                .contentType(MediaType.TEXT_PLAIN)
                .body(problem.getMessage() + places + "\n");
    }

    /** The one that was issued, and only that (section 4.2.3): those behind it are among the authorities. */
    private static ResponseEntity<String> certificate(String pem) {
        return body(
                CERTIFICATES_ONLY, CertsOnly.base64(PemCertificates.read(pem).subList(0, 1)));
    }

    private static ResponseEntity<String> body(String type, String base64) {
        return ResponseEntity.ok()
                .cacheControl(CacheControl.noStore())
                .contentType(MediaType.parseMediaType(type))
                .header(TRANSFER_ENCODING, "base64")
                .body(base64);
    }

    private static ResponseEntity<String> text(HttpStatus status, String text) {
        return ResponseEntity.status(status).contentType(MediaType.TEXT_PLAIN).body(text + "\n");
    }
}
