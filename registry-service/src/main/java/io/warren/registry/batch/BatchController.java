package io.warren.registry.batch;

import io.warren.contracts.device.TenantId;
import io.warren.platform.security.Caller;
import io.warren.registry.command.CommandRequest;
import io.warren.registry.job.JobOrder;
import io.warren.registry.job.JobStart;
import io.warren.registry.job.JobView;
import io.warren.registry.job.JobViews;
import io.warren.registry.job.Target;
import jakarta.validation.Valid;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/** Command batches over REST. */
@RestController
class BatchController {

    private final JobStart start;
    private final JobViews views;
    private final JsonMapper json;

    BatchController(JobStart start, JobViews views, JsonMapper json) {
        this.start = start;
        this.views = views;
        this.json = json;
    }

    @PostMapping("/api/v1/commands:batch")
    ResponseEntity<JobView> post(
            Caller caller,
            @RequestBody @Valid BatchRequest request,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String idempotencyKey) {
        TenantId tenant = caller.requireTenant();
        CommandRequest command = request.command();
        command.requireSmallArgs();
        JobOrder order = new JobOrder(
                tenant,
                CommandBatch.NAME,
                json.valueToTree(command),
                Target.of(request.filter(), request.group(), request.devices()),
                request.devicesPerSecond(),
                idempotencyKey);
        return views.accepted(tenant, start.start(order));
    }
}
