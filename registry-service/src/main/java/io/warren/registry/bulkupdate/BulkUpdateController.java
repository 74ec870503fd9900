package io.warren.registry.bulkupdate;

import io.warren.contracts.device.DeviceId;
import io.warren.contracts.device.TenantId;
import io.warren.platform.security.Caller;
import io.warren.platform.web.MergePatch;
import io.warren.registry.device.DeviceDescription;
import io.warren.registry.job.JobOrder;
import io.warren.registry.job.JobStart;
import io.warren.registry.job.JobView;
import io.warren.registry.job.JobViews;
import io.warren.registry.job.Target;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** Bulk updates over REST. */
@RestController
class BulkUpdateController {

    private final JobStart start;
    private final JobViews views;
    private final MergePatch patches;

    BulkUpdateController(JobStart start, JobViews views, MergePatch patches) {
        this.start = start;
        this.views = views;
        this.patches = patches;
    }

    @PostMapping("/api/v1/devices:update")
    ResponseEntity<JobView> post(
            Caller caller,
            @RequestBody @Valid UpdateRequest request,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String idempotencyKey) {
        TenantId tenant = caller.requireTenant();
        requireApplicable(request.patch());
        JobOrder order = new JobOrder(
                tenant,
                DeviceUpdate.NAME,
                request.patch(),
                Target.of(request.filter(), request.group(), request.devices()),
                null,
                idempotencyKey);
        return views.accepted(tenant, start.start(order));
    }

    /** What no device could take is refused at once, and not a million times later. */
    private void requireApplicable(JsonNode patch) {
        patches.apply(
                patch,
                new DeviceDescription(DeviceDescription.GENERIC, null, Map.of(), Map.of(), null),
                DeviceDescription.class);
    }

    /**
     * What is to be changed in many devices.
     *
     * @param filter an expression that is true of the devices; one of this, a group and a list
     * @param group the name of a group of devices
     * @param devices a list of devices
     * @param patch a JSON merge patch (RFC 7396) of the description of a device
     */
    record UpdateRequest(
            @Size(min = 1, max = 4096) @Nullable String filter,

            @Size(min = 1, max = 64) @Nullable String group,

            @Size(min = 1, max = Target.MOST_LISTED) @Nullable
            List<@NotNull DeviceId> devices,

            @NotNull JsonNode patch) {}
}
