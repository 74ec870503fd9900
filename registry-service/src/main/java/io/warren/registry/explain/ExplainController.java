package io.warren.registry.explain;

import io.warren.contracts.device.DeviceAddress;
import io.warren.contracts.device.DeviceId;
import io.warren.platform.security.Caller;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Explanations over REST. */
@RestController
class ExplainController {

    private final Explanations explanations;

    ExplainController(Explanations explanations) {
        this.explanations = explanations;
    }

    @GetMapping("/api/v1/devices/{device}/explain")
    Explanation explain(
            Caller caller,
            @PathVariable DeviceId device,
            @RequestParam(required = false) @Nullable String expression,
            @RequestParam(name = "for", required = false) @Nullable String about) {
        return explanations.explain(new DeviceAddress(caller.requireTenant(), device), expression, about);
    }
}
