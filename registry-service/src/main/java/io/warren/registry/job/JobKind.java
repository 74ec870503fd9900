package io.warren.registry.job;

import io.warren.contracts.device.DeviceId;
import io.warren.contracts.device.TenantId;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What jobs of a kind do with devices. */
public interface JobKind {

    /** Its name, as it stands in jobs. */
    String name();

    /**
     * Deals with some devices, in the transaction that notes that it has: either all of that is kept or nothing. One that cannot be
     * dealt with may throw; then each of them is dealt with by itself, and what that one throws is its failure.
     *
     * @return an outcome for each device
     */
    List<Outcome> work(Part part);

    /** Whether what was set off can be taken back, even when the job has gone through all devices. */
    default boolean canTakeBack() {
        return false;
    }

    /** Takes back some of what has not had its effect yet; answers how much, fewer than {@code limit} when nothing is left. */
    default int takeBack(UUID job, int limit) {
        return 0;
    }

    /**
     * Some of a job's devices.
     *
     * @param job the job
     * @param tenant whose it is
     * @param request what is to be done
     * @param devices some of the job's devices; one may not exist
     */
    record Part(UUID job, TenantId tenant, JsonNode request, List<DeviceId> devices) {}

    /**
     * What a device came to.
     *
     * @param device the device
     * @param name what it is counted as
     * @param reason why it was not dealt with; absent if it was
     */
    record Outcome(DeviceId device, String name, @Nullable String reason) {}
}
