package io.warren.registry.steadiness;

import io.warren.contracts.device.DeviceId;
import io.warren.platform.security.Caller;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Releases of held devices over REST. */
@RestController
class ReleaseController {

    private final Release release;

    ReleaseController(Release release) {
        this.release = release;
    }

    @PostMapping("/api/v1/configurations/{configuration}:release")
    ReleaseAnswer release(
            Caller caller,
            @PathVariable String configuration,
            @RequestBody(required = false) @Valid @Nullable ReleaseRequest request) {
        return new ReleaseAnswer(
                release.of(caller.requireTenant(), configuration, request == null ? null : request.devices()));
    }

    /**
     * Which devices are to be released.
     *
     * @param devices their ids, up to 1,000; left out, all that the configuration has a part in holding
     */
    record ReleaseRequest(@Size(max = 1_000) @Nullable Set<@NotNull DeviceId> devices) {}

    /**
     * What came of it.
     *
     * @param released how many devices were held and are not any more, up to 10,000 at once
     */
    record ReleaseAnswer(int released) {}
}
