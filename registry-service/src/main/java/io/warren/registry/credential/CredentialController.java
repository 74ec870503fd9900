package io.warren.registry.credential;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.warren.contracts.device.DeviceAddress;
import io.warren.contracts.device.DeviceId;
import io.warren.platform.problem.ProblemException;
import io.warren.platform.problem.ProblemKind;
import io.warren.platform.problem.Violation;
import io.warren.platform.security.Caller;
import io.warren.platform.web.Page;
import io.warren.registry.device.Devices;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** A device's credentials over REST. */
@RestController
@RequestMapping("/api/v1/devices/{device}/credentials")
class CredentialController {

    private static final int MOST_PEM = 16 * 1024;

    private final CredentialIssue issue;
    private final Credentials credentials;
    private final TokenKeys tokenKeys;
    private final CertificateCredentials certificates;
    private final Devices devices;

    CredentialController(
            CredentialIssue issue,
            Credentials credentials,
            TokenKeys tokenKeys,
            CertificateCredentials certificates,
            Devices devices) {
        this.issue = issue;
        this.credentials = credentials;
        this.tokenKeys = tokenKeys;
        this.certificates = certificates;
        this.devices = devices;
    }

    @PostMapping
    ResponseEntity<CredentialView> post(
            Caller caller, @PathVariable DeviceId device, @RequestBody @Valid CredentialRequest request) {
        request.requireCertificateWhereItBelongs();
        DeviceAddress address = address(caller, device);
        String certificate = request.certificate();
        if (certificate != null) {
            return created(device, CredentialView.of(certificates.admit(address, certificate), null));
        }
        String csr = request.csr();
        if (csr != null) {
            return created(device, CredentialView.of(certificates.issue(address, csr)));
        }
        Secret secret = Secret.random();
        Credential credential = issue.issue(address, tokenKeys.proofOf(address, secret));
        return created(device, CredentialView.of(credential, secret));
    }

    private static ResponseEntity<CredentialView> created(DeviceId device, CredentialView credential) {
        return ResponseEntity.created(URI.create("/api/v1/devices/" + device + "/credentials/" + credential.id()))
                .cacheControl(CacheControl.noStore())
                .body(credential);
    }

    /** All of them: there are two of a kind at the most. */
    @GetMapping
    Page<CredentialView> list(Caller caller, @PathVariable DeviceId device) {
        DeviceAddress address = address(caller, device);
        devices.require(address);
        return new Page<>(
                credentials.of(address).stream()
                        .map(credential -> CredentialView.of(credential, null))
                        .toList(),
                null);
    }

    @DeleteMapping("/{credential}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(Caller caller, @PathVariable DeviceId device, @PathVariable UUID credential) {
        issue.revoke(address(caller, device), credential);
    }

    private static DeviceAddress address(Caller caller, DeviceId device) {
        return new DeviceAddress(caller.requireTenant(), device);
    }

    /**
     * What kind of credential is wanted.
     *
     * @param certificate in PEM, for one of that kind that there is
     * @param csr a certification request (PKCS#10) in PEM or base64, for one of that kind that is to be issued
     */
    record CredentialRequest(
            @NotNull
            @Pattern(
                    regexp = "(" + Credential.SECRET + "|" + Credential.CERTIFICATE + ")",
                    message = "must be \"secret\" or \"certificate\"")
            String kind,

            @Size(max = MOST_PEM) @Nullable String certificate,

            @Size(max = MOST_PEM) @Nullable String csr) {

        void requireCertificateWhereItBelongs() {
            if (csr != null && certificate != null) {
                throw misplaced("/csr", "does not go with a certificate");
            }
            if (kind.equals(Credential.CERTIFICATE) != (certificate != null || csr != null)) {
                throw misplaced(
                        csr == null ? "/certificate" : "/csr", "goes with the kind \"certificate\", and with no other");
            }
        }

        private static ProblemException misplaced(String pointer, String detail) {
            return new ProblemException(
                    ProblemKind.INVALID,
                    "Some fields are not allowed to be as they are.",
                    List.of(new Violation(pointer, detail)));
        }
    }

    /**
     * A credential as callers see it.
     *
     * @param secret in the answer to the request that made it, and never again
     * @param signsTokens whether the device can sign tokens with it: not with a certificate, nor with a secret from before there were
     *     tokens
     * @param certificate in the answer to the request that issued it: the certificate and those of its authorities, in PEM
     * @param serial the number of a certificate, in hexadecimal digits
     * @param expiresAt when a certificate ends
     * @param renewAfter when the device is to ask for the next one, in the answer to the request that issued it
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record CredentialView(
            UUID id,
            String kind,
            @Nullable String secret,
            boolean signsTokens,
            @Nullable String certificate,
            @Nullable String serial,
            @Nullable Instant expiresAt,
            @Nullable Instant renewAfter,
            Instant createdAt) {

        static CredentialView of(Credential credential, @Nullable Secret secret) {
            return new CredentialView(
                    credential.id(),
                    credential.kind(),
                    secret == null ? null : secret.text(),
                    credential.signsTokens(),
                    null,
                    credential.serial(),
                    credential.expiresAt(),
                    null,
                    credential.createdAt());
        }

        static CredentialView of(CertificateCredentials.Certified certified) {
            Credential credential = certified.credential();
            return new CredentialView(
                    credential.id(),
                    credential.kind(),
                    null,
                    credential.signsTokens(),
                    certified.certificate().certificate(),
                    credential.serial(),
                    credential.expiresAt(),
                    certified.certificate().renewAfter(),
                    credential.createdAt());
        }

        @Override
        public String toString() {
            return "CredentialView[id=" + id + "]";
        }
    }
}
