package io.warren.registry.job;

import io.warren.contracts.device.TenantId;
import io.warren.platform.problem.ProblemException;
import io.warren.platform.problem.ProblemKind;
import io.warren.platform.web.Cursor;
import io.warren.platform.web.NewestFirst;
import io.warren.platform.web.Page;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;

/** Shows jobs with their counts. */
@Component
public class JobViews {

    private static final ProblemKind NOT_FOUND = new ProblemKind("job-not-found", HttpStatus.NOT_FOUND, "No such job");

    private final Jobs jobs;
    private final JobCounts counts;

    JobViews(Jobs jobs, JobCounts counts) {
        this.jobs = jobs;
        this.counts = counts;
    }

    /** The answer to a request that has begun a job. */
    public ResponseEntity<JobView> accepted(TenantId tenant, UUID id) {
        return ResponseEntity.accepted()
                .location(URI.create("/api/v1/jobs/" + id))
                .body(get(tenant, id));
    }

    /**
     * A job as it is now.
     *
     * @throws ProblemException if the tenant has none of this id
     */
    public JobView get(TenantId tenant, UUID id) {
        return of(jobs.find(tenant, id).orElseThrow(() -> notFound(id)));
    }

    JobView of(Job job) {
        return of(List.of(job)).getFirst();
    }

    Page<JobView> list(TenantId tenant, @Nullable String cursor, int size) {
        Page<Job> page = Page.of(
                jobs.of(tenant, NewestFirst.byId(Cursor.decode(cursor, 2)), size + 1),
                size,
                job -> Cursor.after(job.createdAt(), job.id()));
        return new Page<>(of(page.items()), page.next());
    }

    static ProblemException notFound(UUID id) {
        return new ProblemException(NOT_FOUND, "There is no job " + id + ".");
    }

    private List<JobView> of(List<Job> some) {
        Map<UUID, Map<String, Long>> counted =
                counts.of(some.stream().map(Job::id).toList());
        return some.stream()
                .map(job -> job.view(counted.getOrDefault(job.id(), Map.of())))
                .toList();
    }
}
