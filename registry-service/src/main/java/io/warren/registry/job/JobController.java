package io.warren.registry.job;

import io.warren.contracts.device.TenantId;
import io.warren.platform.security.Caller;
import io.warren.platform.web.Cursor;
import io.warren.platform.web.Page;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Jobs over REST. They begin elsewhere: with what is to be done. */
@RestController
@RequestMapping("/api/v1/jobs")
class JobController {

    private final JobViews views;
    private final JobProgress progress;

    JobController(JobViews views, JobProgress progress) {
        this.views = views;
        this.progress = progress;
    }

    @GetMapping
    Page<JobView> list(
            Caller caller,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        return views.list(caller.requireTenant(), cursor, Cursor.limit(limit));
    }

    @GetMapping("/{job}")
    JobView get(Caller caller, @PathVariable UUID job) {
        return views.get(caller.requireTenant(), job);
    }

    @PostMapping("/{job}:pause")
    JobView pause(Caller caller, @PathVariable UUID job) {
        TenantId tenant = caller.requireTenant();
        progress.pause(tenant, job);
        return views.get(tenant, job);
    }

    @PostMapping("/{job}:resume")
    JobView resume(Caller caller, @PathVariable UUID job) {
        TenantId tenant = caller.requireTenant();
        progress.resume(tenant, job);
        return views.get(tenant, job);
    }

    @PostMapping("/{job}:cancel")
    JobView cancel(Caller caller, @PathVariable UUID job) {
        TenantId tenant = caller.requireTenant();
        progress.cancel(tenant, job);
        return views.get(tenant, job);
    }
}
