package io.warren.registry.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.warren.contracts.device.DeviceTopics;
import io.warren.registry.RegistryTest;
import io.warren.registry.StatementCount;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.StringNode;

/** However answers are cut into batches, what comes of them is the same, and a batch costs what one answer does. */
@RegistryTest
class CommandAnswersTest {

    /** Mostly those that are followed by others. */
    private static final List<CommandAnswer.Status> STATUSES = List.of(
            CommandAnswer.Status.ACCEPTED,
            CommandAnswer.Status.RUNNING,
            CommandAnswer.Status.RUNNING,
            CommandAnswer.Status.RUNNING,
            CommandAnswer.Status.SUCCEEDED,
            CommandAnswer.Status.FAILED,
            CommandAnswer.Status.REJECTED);

    @Autowired
    CommandAnswers answers;

    @Autowired
    StatementCount statements;

    @Autowired
    JdbcClient jdbc;

    String tenant = "a-" + UUID.randomUUID().toString().substring(0, 8);

    static IntStream seeds() {
        return IntStream.range(0, 20);
    }

    @Test
    void aBatchTakesAsManyStatementsForManyCommandsAsForOne() {
        List<UUID> commands = commandsOf(200, UUID.randomUUID());
        int forOne = statements.of(() -> answers.take(List.of(succeeded(commands, 0))));
        assertThat(forOne).as("lock, update, timeline, events, counts").isLessThanOrEqualTo(5);

        List<CommandAnswers.Received> others = IntStream.range(1, 200)
                .mapToObj(index -> succeeded(commands, index))
                .toList();
        assertThat(statements.of(() -> answers.take(others))).isEqualTo(forOne);
        assertThat(column("SELECT state FROM command WHERE tenant = ?"))
                .hasSize(200)
                .containsOnly("SUCCEEDED");
    }

    @Test
    void answersThatComeAgainChangeNothingAndTellNothing() {
        List<UUID> commands = commandsOf(1, null);
        CommandAnswers.Received succeeded = succeeded(commands, 0);
        answers.take(List.of(succeeded, succeeded));
        answers.take(List.of(succeeded, answer(commands, 0, CommandAnswer.Status.RUNNING, 10)));
        assertThat(column("SELECT state FROM command WHERE tenant = ?")).containsExactly("SUCCEEDED");
        assertThat(finished()).hasSize(1);
    }

    @Test
    void onlyTheDeviceThatHasTheCommandAnswersIt() {
        List<UUID> commands = commandsOf(2, null);
        CommandAnswers.Received others = new CommandAnswers.Received(
                topic("d2"), commands.getFirst(), new CommandAnswer(CommandAnswer.Status.FAILED, null, null, null));
        CommandAnswers.Received nobodys = new CommandAnswers.Received(
                topic("d2"), UUID.randomUUID(), new CommandAnswer(CommandAnswer.Status.FAILED, null, null, null));
        assertThat(answers.take(List.of(others, succeeded(commands, 1), nobodys)))
                .containsExactly(others, nobodys);
        assertThat(column("SELECT state FROM command WHERE tenant = ? ORDER BY device"))
                .containsExactly("SENT", "SUCCEEDED");
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void answersHaveTheSameOutcomeInBatchesAsOneByOne(int seed) {
        Random random = new Random(seed);
        List<UUID> batches = commandsOf(4, null);
        String ofBatches = tenant;
        List<CommandAnswers.Received> said = new ArrayList<>();
        for (int number = 0; number < 40; number++) {
            said.add(answer(
                    batches,
                    random.nextInt(4),
                    STATUSES.get(random.nextInt(STATUSES.size())),
                    random.nextInt(3) == 0 ? null : random.nextInt(100)));
        }
        for (int from = 0, to; from < said.size(); from = to) {
            to = Math.min(said.size(), from + 1 + random.nextInt(15));
            answers.take(said.subList(from, to));
        }
        List<Map<String, @Nullable Object>> outcome = standing();

        tenant = "a-" + UUID.randomUUID().toString().substring(0, 8);
        List<UUID> single = commandsOf(4, null);
        said.forEach(each -> answers.take(List.of(new CommandAnswers.Received(
                topic(each.topic().address().device().value()),
                single.get(batches.indexOf(each.command())),
                each.answer()))));
        assertThat(standing()).isEqualTo(outcome);
        assertThat(finished()).hasSize(eventsOf(ofBatches));
    }

    @Test
    void countsOfAJobFollowItsCommands() {
        UUID job = UUID.randomUUID();
        List<UUID> commands = commandsOf(3, job);
        answers.take(List.of(
                answer(commands, 0, CommandAnswer.Status.ACCEPTED, null),
                succeeded(commands, 0),
                answer(commands, 1, CommandAnswer.Status.RUNNING, 5)));
        answers.take(List.of(answer(commands, 1, CommandAnswer.Status.RUNNING, 50)));
        assertThat(jdbc.sql("SELECT outcome || ' ' || sum(change) FROM job_count_change WHERE job = ? GROUP BY outcome")
                        .param(job)
                        .query(String.class)
                        .list())
                .containsExactlyInAnyOrder("sent -2", "succeeded 1", "running 1");
    }

    @Test
    void batchesOfTheSameCommandsAndDeletionsOfTheirDevicesDoNotLockEachOtherOut() {
        List<UUID> commands = commandsOf(60, null);
        List<CompletableFuture<Void>> replicas = IntStream.range(0, 3)
                .mapToObj(replica -> CompletableFuture.runAsync(() -> {
                    Random random = new Random(replica);
                    for (int round = 0; round < 20; round++) {
                        int progress = round;
                        List<CommandAnswers.Received> shuffled = new ArrayList<>(IntStream.range(0, 60)
                                .mapToObj(index -> answer(commands, index, CommandAnswer.Status.RUNNING, progress))
                                .toList());
                        Collections.shuffle(shuffled, random);
                        answers.take(shuffled);
                    }
                }))
                .toList();
        for (int device = 1; device <= 60; device += 2) {
            jdbc.sql("DELETE FROM device WHERE tenant = ? AND id = ?")
                    .params(tenant, "d" + device)
                    .update();
        }
        assertThat(replicas).allSatisfy(replica -> assertThat(replica).succeedsWithin(Duration.ofSeconds(30)));
        assertThat(column("SELECT state FROM command WHERE tenant = ?"))
                .hasSize(30)
                .containsOnly("RUNNING");
    }

    private CommandAnswers.Received succeeded(List<UUID> commands, int index) {
        return answer(commands, index, CommandAnswer.Status.SUCCEEDED, null);
    }

    private CommandAnswers.Received answer(
            List<UUID> commands, int index, CommandAnswer.Status status, @Nullable Integer progress) {
        JsonNode result = StringNode.valueOf("as " + status);
        return new CommandAnswers.Received(
                topic("d" + (index + 1)), commands.get(index), new CommandAnswer(status, progress, result, null));
    }

    private DeviceTopics.UpTopic topic(String device) {
        return DeviceTopics.parseUp("v1." + tenant + "." + device + ".up.commands.x")
                .orElseThrow();
    }

    /** A command that was sent to each of so many devices. */
    private List<UUID> commandsOf(int devices, @Nullable UUID batch) {
        jdbc.sql("INSERT INTO tenant (id, created_at, version) VALUES (?, now(), 1)")
                .param(tenant)
                .update();
        jdbc.sql("""
                        INSERT INTO device (tenant, id, type, tags, identifiers, enabled, created_at, version)
                        SELECT ?, 'd' || number, 'default', '{}', '{}', true, now(), 1
                        FROM generate_series(1, ?) AS number""").params(tenant, devices).update();
        return jdbc.sql("""
                        INSERT INTO command (id, tenant, device, name, state, created_at, expires_at, batch, version)
                        SELECT gen_random_uuid(), ?, 'd' || number, 'reboot', 'SENT', now(), now() + interval '1 hour', ?::uuid, 0
                        FROM generate_series(1, ?) AS number RETURNING id""")
                .param(tenant)
                .param(batch)
                .param(devices)
                .query((row, _) -> row.getObject(1, UUID.class))
                .list();
    }

    private List<Map<String, @Nullable Object>> standing() {
        return jdbc.sql("""
                        SELECT device, state, progress, result::text FROM command WHERE tenant = ? ORDER BY device""").param(tenant).query().listOfRows();
    }

    private List<String> finished() {
        return column("SELECT payload FROM outbox WHERE type LIKE 'command.%' AND payload::json ->> 'tenant' = ?");
    }

    private int eventsOf(String other) {
        return jdbc.sql("SELECT count(*) FROM outbox WHERE type LIKE 'command.%' AND payload::json ->> 'tenant' = ?")
                .param(other)
                .query(Integer.class)
                .single();
    }

    private List<String> column(String sql) {
        return jdbc.sql(sql).param(tenant).query((row, _) -> row.getString(1)).list();
    }
}
