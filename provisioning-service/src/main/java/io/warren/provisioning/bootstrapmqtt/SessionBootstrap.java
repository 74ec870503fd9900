package io.warren.provisioning.bootstrapmqtt;

import io.warren.contracts.device.DeviceAddress;
import io.warren.platform.problem.ProblemException;
import io.warren.platform.problem.ProblemKind;
import io.warren.provisioning.attestation.Attestations;
import io.warren.provisioning.attestation.Attested;
import io.warren.provisioning.attestation.Refusal;
import io.warren.provisioning.attestation.RegisterRequest;
import io.warren.provisioning.attestation.Source;
import io.warren.provisioning.bootstrap.Bootstrap;
import io.warren.provisioning.bootstrap.BootstrapAnswer;
import io.warren.provisioning.bruteforce.Attempt;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/** Lets a device in that is connected to the broker for that, and sees to it that nobody else hears what it is told. */
@Component
class SessionBootstrap {

    private static final ProblemKind OTHER_SESSION = new ProblemKind(
            "bootstrap-session-ended", HttpStatus.CONFLICT, "Not the session of this device any longer");

    private final Attestations attestations;
    private final Bootstrap bootstrap;
    private final BootstrapSessions sessions;

    SessionBootstrap(Attestations attestations, Bootstrap bootstrap, BootstrapSessions sessions) {
        this.attestations = attestations;
        this.bootstrap = bootstrap;
        this.sessions = sessions;
    }

    /**
     * Lets a device in.
     *
     * @return what it is told; empty if somebody who showed another proof has connected in its name meanwhile, and would hear it
     * @throws ProblemException if it is turned away, or does not show what it has connected with
     */
    Optional<BootstrapAnswer> register(DeviceAddress device, RegisterRequest request) {
        return bootstrap.inTurn(Attempt.of(device.tenant(), device.device(), null), () -> switch (attestations.attest(
                request, Source.UNKNOWN)) {
            case Attested attested -> register(device, request, attested);
            case Refusal refusal -> throw bootstrap.refuse(request, refusal, Source.UNKNOWN, counted(device, refusal));
        });
    }

    /** Against the device only if it was tried at the door that its session is for: whoever has another one may be anybody. */
    private Attempt counted(DeviceAddress device, Refusal refusal) {
        String door = refusal.door();
        return Attempt.of(
                device.tenant(), door != null && sessions.isThrough(device, door) ? device.device() : null, null);
    }

    private Optional<BootstrapAnswer> register(DeviceAddress device, RegisterRequest request, Attested attested) {
        if (!attested.device().equals(device.device()) || !sessions.isOpenTo(device, attested)) {
            throw new ProblemException(
                    OTHER_SESSION, "Connect again, and show in the request what is shown on connecting.");
        }
        BootstrapAnswer answer = bootstrap.register(request, attested, Source.UNKNOWN);
        return sessions.isOpenTo(device, attested) ? Optional.of(answer) : Optional.empty();
    }
}
