package io.warren.provisioning.inquiry;

import io.warren.provisioning.admission.Candidate;
import io.warren.provisioning.policy.Webhook;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What is asked about registrations, in the transaction of whoever decides on one and has it locked. */
@Repository
public class Inquiries {

    private final JdbcClient jdbc;
    private final JsonMapper json;
    private final InquiryProperties properties;
    private final Clock clock;

    Inquiries(JdbcClient jdbc, JsonMapper json, InquiryProperties properties, Clock clock) {
        this.jdbc = jdbc;
        this.json = json;
        this.properties = properties;
        this.clock = clock;
    }

    /**
     * Where the inquiry about this provisioning of a candidate stands, which is begun if there is none, unless it was let in before
     * anybody was to be asked. As long as the candidate is not let in, another question is another inquiry. One that is open goes to
     * where the enrolment says now.
     *
     * @param webhook who is asked; its secret is sealed
     * @param question what is asked
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public Standing ask(Candidate candidate, Subject subject, Webhook webhook, JsonNode question) {
        Instant now = clock.instant();
        Optional<Row> row = find(candidate, subject);
        if (row.isEmpty() && candidate.admitted()) {
            return new Standing.Unasked();
        }
        if (row.isPresent() && row.get().holds(candidate, question, now.minus(properties.askAgainAfter()))) {
            redirect(candidate, subject, webhook, row.get(), now);
            return row.get().standing();
        }
        begin(candidate, subject, webhook, question, now);
        return new Standing.Open();
    }

    private void begin(Candidate candidate, Subject subject, Webhook webhook, JsonNode question, Instant now) {
        jdbc.sql("""
                        INSERT INTO inquiry AS asked (registration, subject, generation, round, tenant, door, url, sealed_secret,
                                                      question, state, failures, due_at, deadline_at)
                        VALUES (:registration, :subject, :generation, 0, :tenant, :door, :url, :secret,
                                :question::jsonb, 'OPEN', 0, :now, :deadline)
                        ON CONFLICT (registration, subject) DO UPDATE SET
                            round = CASE WHEN asked.generation = excluded.generation THEN asked.round + 1 ELSE 0 END,
                            generation = excluded.generation, url = excluded.url, sealed_secret = excluded.sealed_secret,
                            question = excluded.question, state = 'OPEN', answer = NULL, reason = NULL, failures = 0,
                            due_at = excluded.due_at, deadline_at = excluded.deadline_at, settled_at = NULL""")
                .param("registration", candidate.registration())
                .param("subject", subject.name())
                .param("generation", candidate.generation())
                .param("tenant", candidate.tenant().value())
                .param("door", candidate.door().name())
                .param("url", webhook.url())
                .param("secret", secret(webhook))
                .param("question", json.writeValueAsString(question))
                .param("now", Timestamp.from(now))
                .param("deadline", Timestamp.from(now.plus(properties.deadline())))
                .update();
        giveTurns(candidate, webhook, now);
    }

    /** To where the enrolment says now, if that is somewhere else: else a wrong address could be put right for new devices only. */
    private void redirect(Candidate candidate, Subject subject, Webhook webhook, Row row, Instant now) {
        boolean same = row.url().equals(webhook.url()) && row.sealedSecret().equals(secret(webhook));
        if (same || !(row.standing() instanceof Standing.Open)) {
            return;
        }
        jdbc.sql("UPDATE inquiry SET url = ?, sealed_secret = ?, due_at = ? WHERE registration = ? AND subject = ?")
                .params(webhook.url(), secret(webhook), Timestamp.from(now))
                .params(candidate.registration(), subject.name())
                .update();
        giveTurns(candidate, webhook, now);
    }

    private void giveTurns(Candidate candidate, Webhook webhook, Instant now) {
        jdbc.sql("INSERT INTO inquiry_turn (tenant, url, turn_at, failures) VALUES (?, ?, ?, 0) ON CONFLICT DO NOTHING")
                .params(candidate.tenant().value(), webhook.url(), Timestamp.from(now))
                .update();
    }

    private static String secret(Webhook kept) {
        return Objects.requireNonNull(kept.secret(), "A policy is kept with the secrets of its hooks");
    }

    private Optional<Row> find(Candidate candidate, Subject subject) {
        return jdbc.sql("""
                        SELECT generation, question, url, sealed_secret, state, answer, reason, settled_at FROM inquiry
                        WHERE registration = ? AND subject = ?""")
                .params(candidate.registration(), subject.name())
                .query((row, _) -> row(row))
                .optional();
    }

    private Row row(ResultSet row) throws SQLException {
        Timestamp settledAt = row.getTimestamp("settled_at");
        return new Row(
                row.getInt("generation"),
                json.readTree(row.getString("question")),
                row.getString("url"),
                row.getString("sealed_secret"),
                switch (row.getString("state")) {
                    case "OPEN" -> new Standing.Open();
                    case "SETTLED" -> new Standing.Settled(json.readTree(row.getString("answer")));
                    default -> new Standing.Refused(Objects.requireNonNullElse(row.getString("reason"), ""));
                },
                settledAt == null ? null : settledAt.toInstant());
    }

    /**
     * What is known of an inquiry.
     *
     * @param settledAt since when there is an answer; absent without one
     */
    private record Row(
            int generation,
            JsonNode question,
            String url,
            String sealedSecret,
            Standing standing,
            @Nullable Instant settledAt) {

        /** Whether it is about this provisioning, and neither a refusal that is too old nor an answer to something else. */
        boolean holds(Candidate candidate, JsonNode asked, Instant old) {
            if (generation != candidate.generation()) {
                return false;
            }
            return standing instanceof Standing.Refused
                    ? settledAt == null || !settledAt.isBefore(old)
                    : candidate.admitted() || Questions.areAlike(question, asked);
        }
    }
}
