package io.warren.registry.signin;

import io.warren.contracts.device.DeviceAddress;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What was found of somebody who wants to sign in. */
public sealed interface Verdict {

    /**
     * It is the device.
     *
     * @param device which one
     * @param until when its proof ends; absent for a secret
     */
    record Accepted(DeviceAddress device, @Nullable Instant until) implements Verdict {}

    /** It is not, or it may not. */
    record Refused(Refusal reason) implements Verdict {}
}
