package io.warren.registry.registration;

import io.warren.contracts.device.DeviceAddress;
import io.warren.contracts.registry.RegistrationRequest;
import io.warren.registry.credential.CredentialIssue;
import io.warren.registry.credential.DeviceCertificate;
import io.warren.registry.credential.SecretProof;
import io.warren.registry.credential.TokenKeys;
import java.util.Base64;
import java.util.HexFormat;
import org.springframework.stereotype.Component;

/** What provisioning has given a device to prove itself with. */
@Component
class GivenCredentials {

    private final CredentialIssue credentials;
    private final TokenKeys tokenKeys;

    GivenCredentials(CredentialIssue credentials, TokenKeys tokenKeys) {
        this.credentials = credentials;
        this.tokenKeys = tokenKeys;
    }

    /** A secret or a certificate, by its hash. */
    sealed interface Given {

        /** SHA-256 of it. */
        byte[] sha256();
    }

    /** A secret. */
    record GivenSecret(SecretProof proof) implements Given {
        @Override
        public byte[] sha256() {
            return proof.sha256();
        }
    }

    /** A certificate. */
    record GivenCertificate(DeviceCertificate certificate) implements Given {
        @Override
        public byte[] sha256() {
            return certificate.sha256();
        }
    }

    /** What a request tells of; what cannot be read, or is not sealed for this installation, is an {@link IllegalArgumentException}. */
    Given read(DeviceAddress address, RegistrationRequest request) {
        RegistrationRequest.Certificate certificate = request.certificate();
        if (certificate != null) {
            return new GivenCertificate(new DeviceCertificate(
                    HexFormat.of().parseHex(certificate.sha256()), certificate.serial(), certificate.expiresAt()));
        }
        String hash = request.secretSha256();
        if (hash == null) {
            throw new IllegalArgumentException("The device has nothing to prove itself with.");
        }
        String sealed = request.sealedTokenKey();
        SecretProof proof = new SecretProof(
                HexFormat.of().parseHex(hash),
                sealed == null ? null : Base64.getDecoder().decode(sealed));
        if (sealed != null && tokenKeys.open(address, proof).isEmpty()) {
            throw new IllegalArgumentException("The services of this installation have different token-sealing-keys.");
        }
        return new GivenSecret(proof);
    }

    /** Sees to it that the device can connect with it; says whether it could not before. */
    boolean admit(DeviceAddress address, Given given) {
        return switch (given) {
            case GivenSecret(SecretProof proof) -> credentials.admit(address, proof);
            case GivenCertificate(DeviceCertificate certificate) -> credentials.admitIssued(address, certificate);
        };
    }

    /** Takes away all else that the device has to prove itself with. */
    void keepOnly(DeviceAddress address, Given given) {
        credentials.keepOnly(address, given.sha256());
    }
}
