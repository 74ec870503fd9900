package io.warren.simulator.installation;

import java.io.IOException;

/** Warren answered a request with something other than success. */
public final class RefusedException extends IOException {

    private final int status;

    RefusedException(String request, int status, String detail) {
        super("%s was answered %d%s".formatted(request, status, detail.isBlank() ? "" : ": " + detail));
        this.status = status;
    }

    /** The HTTP status. */
    public int status() {
        return status;
    }
}
