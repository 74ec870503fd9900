package io.warren.provisioning.bootstrap;

import io.warren.provisioning.attestation.RegisterRequest;
import io.warren.provisioning.attestation.Source;
import jakarta.validation.Valid;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Bootstrap for devices. */
@RestController
class BootstrapController {

    private final Bootstrap bootstrap;

    BootstrapController(Bootstrap bootstrap) {
        this.bootstrap = bootstrap;
    }

    @PostMapping("/bootstrap/v1/register")
    ResponseEntity<BootstrapAnswer> register(@Valid @RequestBody RegisterRequest request) {
        BootstrapAnswer answer = bootstrap.register(request, Source.UNKNOWN);
        ResponseEntity.BodyBuilder response =
                ResponseEntity.status(answer.httpStatus()).cacheControl(CacheControl.noStore());
        if (answer instanceof PendingResponse pending) {
            response.header(HttpHeaders.RETRY_AFTER, String.valueOf(pending.retryAfterSeconds()));
        }
        return response.body(answer);
    }
}
