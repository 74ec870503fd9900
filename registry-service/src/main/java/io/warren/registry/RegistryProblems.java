package io.warren.registry;

import io.warren.contracts.device.DeviceAddress;
import io.warren.platform.problem.ProblemException;
import io.warren.platform.problem.ProblemKind;
import org.springframework.http.HttpStatus;

/** Problems that more than one feature tells of. */
public final class RegistryProblems {

    private static final ProblemKind DEVICE_NOT_FOUND =
            new ProblemKind("device-not-found", HttpStatus.NOT_FOUND, "No such device");

    private static final ProblemKind NOT_BEHIND_GATEWAY =
            new ProblemKind("not-behind-gateway", HttpStatus.UNPROCESSABLE_CONTENT, "Not behind this gateway");

    private RegistryProblems() {}

    /** The problem of a gateway that speaks for a device that does not sit behind it, or no longer. */
    public static ProblemException notBehindGateway(DeviceAddress device) {
        return new ProblemException(
                NOT_BEHIND_GATEWAY, "The device " + device.device() + " does not sit behind this one.");
    }

    /** The problem of a device that this tenant does not have, whoever else may. */
    public static ProblemException deviceNotFound(DeviceAddress address) {
        return new ProblemException(DEVICE_NOT_FOUND, "There is no device " + address.device() + ".");
    }
}
