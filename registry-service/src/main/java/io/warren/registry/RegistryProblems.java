package io.warren.registry;

import io.warren.contracts.device.DeviceAddress;
import io.warren.platform.problem.ProblemException;
import io.warren.platform.problem.ProblemKind;
import org.springframework.http.HttpStatus;

/** Problems that more than one feature tells of. */
public final class RegistryProblems {

    private static final ProblemKind DEVICE_NOT_FOUND =
            new ProblemKind("device-not-found", HttpStatus.NOT_FOUND, "No such device");

    private RegistryProblems() {}

    /** The problem of a device that this tenant does not have, whoever else may. */
    public static ProblemException deviceNotFound(DeviceAddress address) {
        return new ProblemException(DEVICE_NOT_FOUND, "There is no device " + address.device() + ".");
    }
}
