package io.warren.registry.job;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.warren.contracts.device.DeviceId;
import io.warren.platform.problem.ProblemException;
import io.warren.platform.problem.ProblemKind;
import io.warren.platform.problem.Violation;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which devices of a tenant a job is for: those that an expression is true of when their turn comes, those that are in a group then,
 * or those of a list.
 *
 * @param filter the expression
 * @param group the name of the group
 * @param devices the list, of {@value #MOST_LISTED} at the most
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Target(
        @Nullable String filter,
        @Nullable String group,
        @Nullable List<DeviceId> devices) {

    /** How many devices a list has at the most: it is kept with the job. */
    public static final int MOST_LISTED = 1_000;

    /**
     * What a caller has asked for.
     *
     * @throws ProblemException if that is not one of the three
     */
    public static Target of(@Nullable String filter, @Nullable String group, @Nullable List<DeviceId> devices) {
        if (Stream.of(filter, group, devices).filter(Objects::nonNull).count() != 1) {
            throw new ProblemException(
                    ProblemKind.INVALID,
                    "Name the devices in one way.",
                    List.of(new Violation("", "one of filter, group and devices")));
        }
        return new Target(
                filter,
                group,
                devices == null
                        ? null
                        : devices.stream().distinct().sorted(Target::compare).toList());
    }

    /** How many devices there are, where that is known beforehand. */
    @Nullable
    Long size() {
        return devices == null ? null : (long) devices.size();
    }

    /** The devices of the list behind {@code position}, in order. */
    List<DeviceId> listed(String position, int limit) {
        return devices == null
                ? List.of()
                : devices.stream()
                        .filter(device -> device.value().compareTo(position) > 0)
                        .limit(limit)
                        .toList();
    }

    private static int compare(DeviceId one, DeviceId other) {
        return one.value().compareTo(other.value());
    }
}
