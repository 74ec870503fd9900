package io.warren.registry.signin;

import io.warren.contracts.device.DeviceAddress;
import io.warren.contracts.registry.SignInAnswer;
import io.warren.contracts.registry.SignInAnswer.Outcome;
import io.warren.contracts.registry.SignInQuestion;
import io.warren.platform.peer.PeerAddress;
import io.warren.registry.lockout.Lockouts;
import io.warren.registry.presence.HeardHere;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** The gateway's question: is this the device, which came by HTTPS? */
@RestController
class SignInController {

    private final SignIn signIn;
    private final SignInFailures failures;
    private final Lockouts lockouts;
    private final HeardHere heard;

    SignInController(SignIn signIn, SignInFailures failures, Lockouts lockouts, HeardHere heard) {
        this.signIn = signIn;
        this.failures = failures;
        this.lockouts = lockouts;
        this.heard = heard;
    }

    /** Who is locked out is not looked at: whether the secret was right this time is not to be seen from the answer. */
    @PostMapping(SignInQuestion.PATH)
    SignInAnswer judge(@RequestBody SignInQuestion question) {
        Optional<PeerAddress> address = PeerAddress.of(question.address());
        Optional<Instant> locked = address.flatMap(
                from -> DeviceAddress.parse(question.username()).flatMap(device -> lockouts.until(from, device)));
        if (locked.isPresent()) {
            signIn.refuse(Refusal.LOCKED_OUT);
            return new SignInAnswer(Outcome.LOCKED, locked.get());
        }
        return switch (verdict(question)) {
            case Verdict.Accepted accepted -> {
                address.ifPresent(from -> lockouts.admitted(from, accepted.device()));
                heard.of(List.of(accepted.device()));
                yield new SignInAnswer(Outcome.ACCEPTED, accepted.until());
            }
            case Verdict.Refused refused -> {
                address.ifPresent(from -> failures.from(from, question.username(), refused.reason()));
                yield new SignInAnswer(Outcome.REFUSED, null);
            }
        };
    }

    private Verdict verdict(SignInQuestion question) {
        String sha256 = question.certificateSha256();
        return sha256 == null
                ? signIn.judge(question.username(), question.password())
                : signIn.judgeCertificate(question.username(), HexFormat.of().parseHex(sha256));
    }
}
