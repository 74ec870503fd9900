package io.warren.registry.job;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.summingLong;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * How many devices of each job came to which outcome. A change is a row of its own, written in the transaction that makes it true:
 * replicas that take in a job's outcomes at the same time do not wait for each other.
 */
@Repository
public class JobCounts {

    private final JdbcClient jdbc;

    JobCounts(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Changes counts, with one statement; part of the caller's transaction. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void change(Collection<Change> changes) {
        Map<Place, Long> sums = changes.stream()
                .collect(groupingBy(change -> new Place(change.job(), change.outcome()), summingLong(Change::by)));
        sums.values().removeIf(sum -> sum == 0);
        if (sums.isEmpty()) {
            return;
        }
        List<Map.Entry<Place, Long>> rows = List.copyOf(sums.entrySet());
        jdbc.sql("INSERT INTO job_count_change (job, outcome, change) SELECT * FROM unnest(?, ?, ?)")
                .param(rows.stream().map(row -> row.getKey().job()).toArray(UUID[]::new))
                .param(rows.stream().map(row -> row.getKey().outcome()).toArray(String[]::new))
                .param(rows.stream().map(Map.Entry::getValue).toArray(Long[]::new))
                .update();
    }

    /** The counts of some jobs that are not 0. */
    Map<UUID, Map<String, Long>> of(Collection<UUID> jobs) {
        Map<UUID, Map<String, Long>> counts = new TreeMap<>();
        jdbc.sql("""
                        SELECT job, outcome, sum(count) AS count
                        FROM (SELECT job, outcome, count FROM job_count
                              UNION ALL SELECT job, outcome, change FROM job_count_change) AS counted
                        WHERE job = ANY (?) GROUP BY job, outcome HAVING sum(count) <> 0""").param(jobs.toArray(UUID[]::new)).query(row -> {
            counts.computeIfAbsent(row.getObject("job", UUID.class), _ -> new TreeMap<>())
                    .put(row.getString("outcome"), row.getLong("count"));
        });
        return counts;
    }

    /** Adds the changes up; what was counted for jobs that are forgotten goes. */
    @Transactional
    void fold() {
        jdbc.sql("""
                        WITH change AS (DELETE FROM job_count_change RETURNING job, outcome, change)
                        INSERT INTO job_count (job, outcome, count)
                        SELECT job, outcome, sum(change) FROM change JOIN job ON job.id = change.job GROUP BY job, outcome
                        ON CONFLICT (job, outcome) DO UPDATE SET count = job_count.count + excluded.count""").update();
    }

    /**
     * A count that is different now.
     *
     * @param job the job
     * @param outcome what devices came to
     * @param by how many more, or fewer, did
     */
    public record Change(UUID job, String outcome, long by) {}

    private record Place(UUID job, String outcome) {}
}
