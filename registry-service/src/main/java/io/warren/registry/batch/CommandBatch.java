package io.warren.registry.batch;

import static java.util.stream.Collectors.toSet;

import io.warren.contracts.device.DeviceId;
import io.warren.contracts.device.TenantId;
import io.warren.platform.problem.Violation;
import io.warren.registry.command.CommandQueue;
import io.warren.registry.command.CommandRequest;
import io.warren.registry.device.Devices;
import io.warren.registry.devicetype.CommandArguments;
import io.warren.registry.job.JobKind;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Gives a command to the devices of a job. From then on the counts of the job follow the commands. */
@Component
class CommandBatch implements JobKind {

    static final String NAME = "commands";

    private static final String GIVEN = "queued";
    private static final String SKIPPED = "skipped";

    private final CommandQueue queue;
    private final Devices devices;
    private final CommandArguments arguments;
    private final JsonMapper json;

    CommandBatch(CommandQueue queue, Devices devices, CommandArguments arguments, JsonMapper json) {
        this.queue = queue;
        this.devices = devices;
        this.arguments = arguments;
        this.json = json;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<Outcome> work(Part part) {
        CommandRequest command = json.treeToValue(part.request(), CommandRequest.class);
        Map<DeviceId, String> types = devices.holdAll(part.tenant(), part.devices());
        Map<String, String> unfit = unfit(part.tenant(), types.values(), command);
        Set<DeviceId> fit = types.keySet().stream()
                .filter(device -> !unfit.containsKey(types.get(device)))
                .collect(toSet());
        Set<DeviceId> full = queue.giveAll(part.tenant(), fit, command, part.job());
        return part.devices().stream()
                .map(device -> {
                    String type = types.get(device);
                    if (type == null) {
                        return new Outcome(device, SKIPPED, "There is no such device.");
                    }
                    if (!fit.contains(device)) {
                        return new Outcome(device, SKIPPED, unfit.get(type));
                    }
                    return full.contains(device)
                            ? new Outcome(device, SKIPPED, "The device has too many unfinished commands.")
                            : new Outcome(device, GIVEN, null);
                })
                .toList();
    }

    /** The types that have another idea of the arguments, each with what it says. */
    private Map<String, String> unfit(TenantId tenant, Collection<String> types, CommandRequest command) {
        Map<String, String> unfit = new HashMap<>();
        for (String type : Set.copyOf(types)) {
            List<Violation> violations = arguments.violations(tenant, type, command.name(), command.args());
            if (!violations.isEmpty()) {
                Violation first = violations.getFirst();
                unfit.put(
                        type,
                        "The type %s has another idea of the arguments. %s: %s"
                                .formatted(type, first.pointer(), first.detail()));
            }
        }
        return unfit;
    }

    @Override
    public boolean canTakeBack() {
        return true;
    }

    @Override
    public int takeBack(UUID job, int limit) {
        return queue.callOffUnsent(job, limit);
    }
}
