package io.warren.simulator.installation;

import java.io.IOException;

/** Warren answered a request with something other than success. */
public final class RefusedException extends IOException {

    private static final int TOO_MANY_REQUESTS = 429;
    private static final int INTERNAL_ERROR = 500;

    private final int status;

    RefusedException(String request, int status, String detail) {
        super("%s was answered %d%s".formatted(request, status, detail.isBlank() ? "" : ": " + detail));
        this.status = status;
    }

    /** Whether the same request would be refused again: the fault is in it, not in the moment. */
    public boolean isFinal() {
        return status < INTERNAL_ERROR && status != TOO_MANY_REQUESTS;
    }
}
