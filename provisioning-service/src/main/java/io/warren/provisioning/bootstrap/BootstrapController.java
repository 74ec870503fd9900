package io.warren.provisioning.bootstrap;

import io.warren.provisioning.attestation.RegisterRequest;
import io.warren.provisioning.attestation.Source;
import jakarta.validation.Valid;
import java.util.UUID;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Bootstrap for devices. */
@RestController
class BootstrapController {

    private final Bootstrap bootstrap;
    private final RegistrationProgress progress;

    BootstrapController(Bootstrap bootstrap, RegistrationProgress progress) {
        this.bootstrap = bootstrap;
        this.progress = progress;
    }

    /** Where a registration is: nothing that it would take a proof to know. */
    @GetMapping("/bootstrap/v1/register/{id}")
    ResponseEntity<RegistrationProgress.Progress> get(@PathVariable UUID id) {
        RegistrationProgress.Progress found = progress.of(id);
        ResponseEntity.BodyBuilder response = ResponseEntity.ok().cacheControl(CacheControl.noStore());
        if (found.retryAfterSeconds() != null) {
            response.header(HttpHeaders.RETRY_AFTER, String.valueOf(found.retryAfterSeconds()));
        }
        return response.body(found);
    }

    @PostMapping("/bootstrap/v1/register")
    ResponseEntity<BootstrapAnswer> register(@Valid @RequestBody RegisterRequest request, Source source) {
        BootstrapAnswer answer = bootstrap.register(request, source);
        ResponseEntity.BodyBuilder response =
                ResponseEntity.status(answer.httpStatus()).cacheControl(CacheControl.noStore());
        if (answer instanceof PendingResponse pending) {
            response.header(HttpHeaders.RETRY_AFTER, String.valueOf(pending.retryAfterSeconds()));
        }
        return response.body(answer);
    }
}
