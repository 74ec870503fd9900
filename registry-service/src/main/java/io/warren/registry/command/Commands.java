package io.warren.registry.command;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import io.warren.contracts.device.DeviceAddress;
import io.warren.contracts.device.DeviceId;
import io.warren.contracts.device.TenantId;
import io.warren.platform.web.NewestFirst;
import io.warren.registry.Columns;
import io.warren.registry.document.Documents;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.JsonNode;

/** All commands. */
@Repository
@Transactional(readOnly = true)
class Commands {

    private final EntityManager entities;
    private final JdbcClient jdbc;

    Commands(EntityManager entities, JdbcClient jdbc) {
        this.entities = entities;
        this.jdbc = jdbc;
    }

    void add(Command command) {
        entities.persist(command);
        entities.flush();
    }

    Optional<Command> find(DeviceAddress address, UUID id) {
        return one(address, id, LockModeType.NONE);
    }

    Optional<Command> lock(DeviceAddress address, UUID id) {
        return one(address, id, LockModeType.PESSIMISTIC_WRITE);
    }

    Optional<Command> byIdempotencyKey(DeviceAddress address, String key) {
        return entities
                .createQuery(
                        "SELECT c FROM Command c WHERE c.tenant = :tenant AND c.device = :device"
                                + " AND c.idempotencyKey = :key",
                        Command.class)
                .setParameter("tenant", address.tenant().value())
                .setParameter("device", address.device().value())
                .setParameter("key", key)
                .getResultList()
                .stream()
                .findFirst();
    }

    /** A device's commands, the newest first, after the one that {@code before} and {@code id} name. */
    List<Command> of(DeviceAddress address, NewestFirst<UUID> behind, int limit) {
        return entities.createQuery("""
                        SELECT c FROM Command c WHERE c.tenant = :tenant AND c.device = :device
                          AND (c.createdAt < :before OR (c.createdAt = :before AND c.id < :id))
                        ORDER BY c.createdAt DESC, c.id DESC""", Command.class)
                .setParameter("tenant", address.tenant().value())
                .setParameter("device", address.device().value())
                .setParameter("before", behind.createdAt())
                .setParameter("id", behind.id())
                .setMaxResults(limit)
                .getResultList();
    }

    /** How many commands of a device have not ended. */
    long unfinished(DeviceAddress address) {
        return jdbc.sql("""
                        SELECT count(*) FROM command
                        WHERE tenant = ? AND device = ? AND state IN ('QUEUED', 'SENT', 'ACCEPTED', 'RUNNING')""")
                .params(address.tenant().value(), address.device().value())
                .query(Long.class)
                .single();
    }

    /** The commands that a device has not answered and that are worth doing, the first given first. */
    List<CommandMailbox.Letter> unanswered(DeviceAddress address, Instant now, int limit) {
        return jdbc.sql("""
                        SELECT id, name, coalesce(args, '{}')::text AS args, expires_at FROM command
                        WHERE tenant = ? AND device = ? AND state IN ('QUEUED', 'SENT') AND expires_at > ?
                        ORDER BY number LIMIT ?""")
                .params(address.tenant().value(), address.device().value(), Timestamp.from(now), limit)
                .query((row, _) -> new CommandMailbox.Letter(
                        row.getObject("id", UUID.class),
                        row.getString("name"),
                        Documents.read(row.getString("args")),
                        row.getTimestamp("expires_at").toInstant()))
                .list();
    }

    /** Notes that a device has fetched commands; returns those that nobody had sent it before. */
    @Transactional
    List<CommandNews.Move> handOut(List<UUID> ids, Instant now) {
        return jdbc.sql("""
                        WITH fetched AS MATERIALIZED
                            (SELECT id, state FROM command WHERE id = ANY (?::uuid[]) AND state = 'QUEUED'
                             ORDER BY id FOR UPDATE)
                        UPDATE command SET state = 'SENT', sent_at = ?, version = version + 1
                        FROM fetched WHERE command.id = fetched.id
                        RETURNING command.id, tenant, device, name, batch, fetched.state AS before, command.state, progress""")
                .param(Columns.of(ids, id -> id))
                .param(Timestamp.from(now))
                .query(Commands::move)
                .list();
    }

    /** Those of some devices that have so many commands that have not ended, or more. */
    Set<DeviceId> withUnfinished(TenantId tenant, Collection<DeviceId> devices, int many) {
        return jdbc
                .sql("""
                        SELECT device FROM command
                        WHERE tenant = ? AND device = ANY (?) AND state IN ('QUEUED', 'SENT', 'ACCEPTED', 'RUNNING')
                        GROUP BY device HAVING count(*) >= ?""")
                .param(tenant.value())
                .param(Columns.of(devices, DeviceId::value))
                .param(many)
                .query((row, _) -> new DeviceId(row.getString("device")))
                .list()
                .stream()
                .collect(toSet());
    }

    /** Makes a command for each of many devices; those that are connected are sent theirs. */
    @Transactional
    List<Standing> addAll(
            TenantId tenant,
            List<DeviceId> devices,
            Set<DeviceId> connected,
            CommandRequest request,
            UUID batch,
            Instant now) {
        return jdbc.sql("""
                        INSERT INTO command (id, tenant, device, name, args, state, created_at, expires_at, send_at, batch, version)
                        SELECT gen_random_uuid(), :tenant, device, :name, :args::jsonb, 'QUEUED', :now, :until,
                               CASE WHEN connected THEN :now::timestamptz END, :batch, 0
                        FROM unnest(:devices, :connected::boolean[]) AS target (device, connected)
                        RETURNING id, tenant, device, name, batch, state, progress""")
                .param("tenant", tenant.value())
                .param("name", request.name())
                .param("args", given(request.args()) == null ? null : String.valueOf(request.args()))
                .param("now", Timestamp.from(now))
                .param("until", Timestamp.from(now.plus(request.lifetime())))
                .param("batch", batch)
                .param("devices", Columns.of(devices, DeviceId::value))
                .param("connected", Columns.of(devices, connected::contains))
                .query(Commands::standing)
                .list();
    }

    /** The commands that a job of a tenant gave, in the order in which it gave them, perhaps those in one state only. */
    List<Command> ofBatch(TenantId tenant, UUID batch, @Nullable CommandState state, long behind, int limit) {
        return entities.createQuery("""
                        SELECT c FROM Command c WHERE c.batch = :batch AND c.tenant = :tenant AND c.number > :behind
                          AND c.state IN :states
                        ORDER BY c.number""", Command.class)
                .setParameter("batch", batch)
                .setParameter("tenant", tenant.value())
                .setParameter("behind", behind)
                .setParameter("states", state == null ? List.of(CommandState.values()) : List.of(state))
                .setMaxResults(limit)
                .getResultList();
    }

    /** Calls off some of what a job has given and no device has been sent. */
    @Transactional
    List<CommandNews.Move> callOffUnsent(UUID batch, Instant now, int limit) {
        return jdbc.sql("""
                        WITH unsent AS MATERIALIZED
                            (SELECT id, state FROM command WHERE batch = ? AND state = 'QUEUED'
                             ORDER BY id LIMIT ? FOR UPDATE)
                        UPDATE command SET state = 'CANCELLED', send_at = NULL, finished_at = ?, version = version + 1
                        FROM unsent WHERE command.id = unsent.id
                        RETURNING command.id, tenant, device, name, batch, unsent.state AS before, command.state, progress""")
                .params(batch, limit, Timestamp.from(now))
                .query(Commands::move)
                .list();
    }

    /**
     * Has all that some devices have not answered sent again; answers how many. Their rows in the table of devices are held: nobody
     * deletes one meanwhile, and everybody else takes commands in the order of their ids.
     */
    @Transactional
    int sendAgain(Set<DeviceAddress> addresses, Instant now) {
        return jdbc.sql("""
                        WITH unanswered AS MATERIALIZED
                            (SELECT id FROM command JOIN unnest(?, ?) AS connected (tenant, device) USING (tenant, device)
                             WHERE state IN ('QUEUED', 'SENT') AND expires_at > ? ORDER BY id FOR UPDATE OF command)
                        UPDATE command SET send_at = ?, tries = 0 FROM unanswered WHERE command.id = unanswered.id""")
                .param(Columns.of(addresses, DeviceAddress::tenant))
                .param(Columns.of(addresses, DeviceAddress::device))
                .param(Timestamp.from(now))
                .param(Timestamp.from(now))
                .update();
    }

    /**
     * Takes commands that are to be sent, of each device the one that was given first: the next is not taken before that one has
     * been sent, so that order is kept whoever sends. One that no queue of the device has taken four times in a row makes way, or it
     * would hold up the others for as long as it lives. Each is due again after {@code lease}, should its taker die.
     */
    @Transactional
    List<Due> take(Instant now, Duration lease, int limit) {
        return jdbc.sql("""
                        UPDATE command SET send_at = :until
                        WHERE id IN (SELECT id FROM command AS due WHERE send_at <= :now
                                     AND NOT EXISTS (SELECT FROM command AS earlier
                                                     WHERE earlier.tenant = due.tenant AND earlier.device = due.device
                                                       AND earlier.number < due.number
                                                       AND earlier.send_at IS NOT NULL AND earlier.tries < 4)
                                     ORDER BY send_at LIMIT :limit FOR UPDATE SKIP LOCKED)
                        RETURNING id, tenant, device, name, args::text AS args, expires_at, send_at, tries""")
                .param("until", Timestamp.from(now.plus(lease)))
                .param("now", Timestamp.from(now))
                .param("limit", limit)
                .query((row, _) -> new Due(
                        row.getObject("id", UUID.class),
                        DeviceAddress.of(row.getString("tenant"), row.getString("device")),
                        row.getString("name"),
                        row.getString("args"),
                        row.getTimestamp("expires_at").toInstant(),
                        row.getTimestamp("send_at").toInstant(),
                        row.getInt("tries")))
                .list();
    }

    /**
     * Notes what became of commands that were taken. One that somebody wants sent again since, which shows in its lease, stays due;
     * one that is answered or has ended since stays as it is.
     *
     * @return those that have another state now
     */
    @Transactional
    List<CommandNews.Move> settle(List<Sent> sent, Instant now) {
        return jdbc
                .sql("""
                        WITH settled AS MATERIALIZED
                            (SELECT id, lease, retry_at, state
                             FROM command JOIN unnest(?::uuid[], ?::timestamptz[], ?::timestamptz[]) AS sent (id, lease, retry_at) USING (id)
                             ORDER BY id FOR UPDATE OF command)
                        UPDATE command SET send_at = CASE WHEN send_at = lease THEN retry_at ELSE send_at END,
                                           tries = CASE WHEN send_at = lease AND retry_at IS NOT NULL THEN tries + 1 ELSE 0 END,
                                           state = CASE WHEN settled.state = 'QUEUED' AND retry_at IS NULL THEN 'SENT'
                                                        ELSE settled.state END,
                                           sent_at = CASE WHEN settled.state IN ('QUEUED', 'SENT') AND retry_at IS NULL THEN ?
                                                          ELSE sent_at END,
                                           version = version + 1
                        FROM settled WHERE command.id = settled.id
                        RETURNING command.id, tenant, device, name, batch, settled.state AS before, command.state, progress""")
                .param(Columns.of(sent, each -> each.due().id()))
                .param(Columns.of(sent, each -> each.due().lease()))
                .param(Columns.of(sent, Sent::retryAt))
                .param(Timestamp.from(now))
                .query(Commands::move)
                .list()
                .stream()
                .filter(move -> move.before() != move.after().state())
                .toList();
    }

    /**
     * Locks the commands that answers are to; those that are not there, or are another device's, are left out. The devices come
     * first, in the order of whoever deletes one, and everybody takes commands in the order of their ids, or two would wait for each
     * other.
     */
    @Transactional
    Map<UUID, Standing> lock(List<CommandAnswers.Received> answers) {
        return jdbc
                .sql("""
                        WITH held AS MATERIALIZED
                            (SELECT tenant, id FROM device
                             WHERE (tenant, id) IN (SELECT * FROM unnest(?, ?)) ORDER BY tenant, id FOR KEY SHARE)
                        SELECT command.id, command.tenant, device, name, batch, state, progress
                        FROM command JOIN held ON command.tenant = held.tenant AND device = held.id
                        WHERE command.id = ANY (?::uuid[]) ORDER BY command.id FOR UPDATE OF command""")
                .param(Columns.of(answers, answer -> answer.topic().address().tenant()))
                .param(Columns.of(answers, answer -> answer.topic().address().device()))
                .param(Columns.of(answers, CommandAnswers.Received::command))
                .query(Commands::standing)
                .list()
                .stream()
                .collect(toMap(Standing::id, standing -> standing));
    }

    /** Writes how commands stand after answers; their rows are locked. */
    @Transactional
    void answered(Collection<Standing> answered, Instant now) {
        if (answered.isEmpty()) {
            return;
        }
        jdbc.sql("""
                        UPDATE command SET state = answered.state, progress = answered.progress, result = answered.result,
                                           error = answered.error, answered_at = ?, send_at = NULL,
                                           finished_at = CASE WHEN ended THEN ?::timestamptz END, version = version + 1
                        FROM unnest(?::uuid[], ?, ?::int[], ?::jsonb[], ?::jsonb[], ?::boolean[])
                             AS answered (id, state, progress, result, error, ended)
                        WHERE command.id = answered.id""")
                .param(Timestamp.from(now))
                .param(Timestamp.from(now))
                .param(Columns.of(answered, Standing::id))
                .param(Columns.of(answered, Standing::state))
                .param(Columns.of(answered, Standing::progress))
                .param(Columns.of(answered, standing -> given(standing.result())))
                .param(Columns.of(answered, standing -> given(standing.error())))
                .param(Columns.of(answered, standing -> standing.state().isFinal()))
                .update();
    }

    /**
     * Ends some commands whose time is over, passing over what another replica is at.
     *
     * @param acceptedBefore when the time of those must have been over that the device has accepted
     */
    @Transactional
    List<CommandNews.Move> expire(Instant now, Instant acceptedBefore, int limit) {
        return jdbc.sql("""
                        WITH over AS MATERIALIZED
                            (SELECT id, state FROM command
                             WHERE state IN ('QUEUED', 'SENT') AND expires_at <= ?
                                OR state IN ('ACCEPTED', 'RUNNING') AND expires_at <= ?
                             ORDER BY expires_at LIMIT ? FOR UPDATE SKIP LOCKED)
                        UPDATE command SET state = 'EXPIRED', send_at = NULL, finished_at = ?, version = version + 1
                        FROM over WHERE command.id = over.id
                        RETURNING command.id, tenant, device, name, batch, over.state AS before, command.state, progress""")
                .params(Timestamp.from(now), Timestamp.from(acceptedBefore), limit, Timestamp.from(now))
                .query(Commands::move)
                .list();
    }

    /** Ends what a device has not finished, because it is deleted; it is locked first, as by whoever deletes it. */
    @Transactional
    List<CommandNews.Move> callOffAllOf(DeviceAddress address, Instant now) {
        return jdbc.sql("""
                        WITH leaving AS MATERIALIZED (SELECT FROM device WHERE tenant = :tenant AND id = :device FOR UPDATE),
                             unfinished AS MATERIALIZED
                            (SELECT id, state FROM command, leaving
                             WHERE tenant = :tenant AND device = :device
                               AND state IN ('QUEUED', 'SENT', 'ACCEPTED', 'RUNNING') ORDER BY id FOR UPDATE OF command)
                        UPDATE command SET state = 'CANCELLED', send_at = NULL, finished_at = :now, version = version + 1
                        FROM unfinished WHERE command.id = unfinished.id
                        RETURNING command.id, tenant, device, name, batch, unfinished.state AS before, command.state, progress""")
                .param("tenant", address.tenant().value())
                .param("device", address.device().value())
                .param("now", Timestamp.from(now))
                .query(Commands::move)
                .list();
    }

    @Transactional
    int forgetFinishedBefore(Instant time, int limit) {
        return jdbc.sql("""
                        DELETE FROM command WHERE id = ANY (ARRAY
                            (SELECT id FROM command WHERE finished_at < ? LIMIT ?))""").params(Timestamp.from(time), limit).update();
    }

    private Optional<Command> one(DeviceAddress address, UUID id, LockModeType lock) {
        return entities
                .createQuery(
                        "SELECT c FROM Command c WHERE c.id = :id AND c.tenant = :tenant AND c.device = :device",
                        Command.class)
                .setParameter("id", id)
                .setParameter("tenant", address.tenant().value())
                .setParameter("device", address.device().value())
                .setLockMode(lock)
                .getResultList()
                .stream()
                .findFirst();
    }

    private static CommandNews.Move move(ResultSet row, int number) throws SQLException {
        return new CommandNews.Move(CommandState.valueOf(row.getString("before")), standing(row, number));
    }

    private static Standing standing(ResultSet row, int number) throws SQLException {
        return new Standing(
                row.getObject("id", UUID.class),
                DeviceAddress.of(row.getString("tenant"), row.getString("device")),
                row.getString("name"),
                row.getObject("batch", UUID.class),
                CommandState.valueOf(row.getString("state")),
                row.getObject("progress", Integer.class),
                null,
                null);
    }

    private static @Nullable JsonNode given(@Nullable JsonNode json) {
        return json == null || json.isNull() ? null : json;
    }

    /**
     * What became of a command that was taken to be sent.
     *
     * @param due the command as it was taken
     * @param retryAt when it is tried again because no queue of the device took it; absent if one did
     */
    record Sent(Due due, @Nullable Instant retryAt) {}

    /**
     * A command that is to be sent.
     *
     * @param args its arguments as JSON, if it has any
     * @param lease when it is due again, unless its taker says what became of it
     * @param tries how often in a row no queue of the device has taken it
     */
    record Due(
            UUID id,
            DeviceAddress address,
            String name,
            @Nullable String args,
            Instant expiresAt,
            Instant lease,
            int tries) {}
}
