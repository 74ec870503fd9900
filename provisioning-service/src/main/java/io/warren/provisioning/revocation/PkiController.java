package io.warren.provisioning.revocation;

import io.warren.platform.problem.ProblemException;
import io.warren.platform.problem.ProblemKind;
import io.warren.provisioning.issuing.Authorities;
import io.warren.provisioning.issuing.Authority;
import io.warren.provisioning.issuing.TrustBundle;
import java.time.Duration;
import java.util.Base64;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.WebRequest;

/** What everybody may know of the authorities and their certificates. */
@RestController
@RequestMapping("/pki/v1")
class PkiController {

    private static final ProblemKind NOT_FOUND =
            new ProblemKind("authority-not-found", HttpStatus.NOT_FOUND, "No such authority");

    private static final MediaType LIST = MediaType.parseMediaType("application/pkix-crl");
    private static final MediaType CERTIFICATE = MediaType.parseMediaType("application/pkix-cert");
    private static final MediaType BUNDLE = MediaType.parseMediaType("application/x-pem-file");
    private static final String OCSP_REQUEST = "application/ocsp-request";
    private static final MediaType OCSP_RESPONSE = MediaType.parseMediaType("application/ocsp-response");

    /** What a cache between us and others may keep; a revocation is not to be hidden by it for longer. */
    private static final CacheControl A_MINUTE =
            CacheControl.maxAge(Duration.ofMinutes(1)).cachePublic().mustRevalidate();

    private static final int MOST_OCSP_BYTES = 4 * 1024;

    private final RevocationLists lists;
    private final OcspResponder responder;
    private final Authorities authorities;
    private final TrustBundle trust;

    PkiController(RevocationLists lists, OcspResponder responder, Authorities authorities, TrustBundle trust) {
        this.lists = lists;
        this.responder = responder;
        this.authorities = authorities;
        this.trust = trust;
    }

    @GetMapping("/{issuer:[0-9a-f]+}.crl")
    ResponseEntity<byte[]> list(@PathVariable String issuer, WebRequest request) {
        RevocationList list = lists.of(issuer).orElseThrow(() -> notFound(issuer));
        String tag = "\"" + list.issuedAt().toEpochMilli() + "\"";
        ResponseEntity.BodyBuilder answer = ResponseEntity.ok()
                .contentType(LIST)
                .cacheControl(A_MINUTE)
                .eTag(tag)
                .lastModified(list.issuedAt());
        return request.checkNotModified(tag)
                ? ResponseEntity.status(HttpStatus.NOT_MODIFIED)
                        .cacheControl(A_MINUTE)
                        .eTag(tag)
                        .build()
                : answer.body(list.encoded());
    }

    @GetMapping("/{issuer:[0-9a-f]+}.cer")
    ResponseEntity<byte[]> certificate(@PathVariable String issuer) {
        Authority authority = authorities.find(issuer).orElseThrow(() -> notFound(issuer));
        return ResponseEntity.ok()
                .contentType(CERTIFICATE)
                .cacheControl(A_MINUTE)
                .body(authority.encoded());
    }

    @GetMapping("/ca.pem")
    ResponseEntity<String> roots() {
        return ResponseEntity.ok().contentType(BUNDLE).cacheControl(A_MINUTE).body(trust.pem());
    }

    @PostMapping(path = "/ocsp", consumes = OCSP_REQUEST)
    ResponseEntity<byte[]> ocsp(@RequestBody byte[] request) {
        return answer(request).cacheControl(CacheControl.noCache()).body(responder.answer(request));
    }

    /** For those who ask with an address, so that the answer can be kept on the way. */
    @GetMapping("/ocsp/{*request}")
    ResponseEntity<byte[]> ocsp(@PathVariable String request) {
        byte[] read = decode(request.substring(1));
        return answer(read).cacheControl(A_MINUTE).body(responder.answer(read));
    }

    private static ResponseEntity.BodyBuilder answer(byte[] request) {
        if (request.length > MOST_OCSP_BYTES) {
            throw new ProblemException(
                    ProblemKind.INVALID, "An OCSP request has at most " + MOST_OCSP_BYTES + " bytes.");
        }
        return ResponseEntity.ok().contentType(OCSP_RESPONSE);
    }

    /** What is not base64 is as malformed as what is no request. */
    private static byte[] decode(String text) {
        try {
            return Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            return new byte[0];
        }
    }

    private static ProblemException notFound(String issuer) {
        return new ProblemException(NOT_FOUND, "There is no authority " + issuer + ", or it has ended.");
    }
}
