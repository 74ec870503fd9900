package io.warren.simulator.enrollment;

/**
 * A device as it leaves the factory.
 *
 * @param id the id it will register under
 * @param claimToken what proves, once, that it may; kept out of {@link #toString()}
 */
public record ClaimedDevice(String id, String claimToken) {

    @Override
    public String toString() {
        return id;
    }
}
