package io.warren.registry.command;

import io.warren.contracts.device.DeviceAddress;
import io.warren.contracts.device.DeviceTopics;
import io.warren.platform.problem.ProblemException;
import io.warren.platform.problem.ProblemKind;
import io.warren.platform.problem.Violation;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A device's commands as the device itself fetches and answers them. */
@Service
public class CommandMailbox {

    /** How many commands are fetched at a time. */
    private static final int MOST = 20;

    private static final int MOST_ANSWER = 64 * 1024;

    private final Commands commands;
    private final CommandAnswers answers;
    private final CommandNews news;
    private final Enclosures enclosures;
    private final Clock clock;

    CommandMailbox(Commands commands, CommandAnswers answers, CommandNews news, Enclosures enclosures, Clock clock) {
        this.commands = commands;
        this.answers = answers;
        this.news = news;
        this.enclosures = enclosures;
        this.clock = clock;
    }

    /**
     * Those commands that a device has not answered, in the order in which they were given. A command is handed out again, the same,
     * until it is answered or its time is over: the answer to this may be lost.
     */
    @Transactional
    public List<Letter> fetch(DeviceAddress device) {
        Instant now = clock.instant();
        List<Letter> unanswered = commands.unanswered(device, now, MOST);
        if (!unanswered.isEmpty()) {
            news.moved(commands.handOut(unanswered.stream().map(Letter::id).toList(), now), now);
        }
        return withEnclosures(unanswered);
    }

    private List<Letter> withEnclosures(List<Letter> letters) {
        List<UUID> asked = letters.stream()
                .filter(letter -> letter.name().equals(enclosures.command()))
                .map(Letter::id)
                .toList();
        if (asked.isEmpty()) {
            return letters;
        }
        Map<UUID, ObjectNode> enclosed = enclosures.of(asked);
        return letters.stream()
                .map(letter -> letter.with(enclosed.get(letter.id())))
                .toList();
    }

    /** Takes in what a device says to one of its commands; false if it has no such command. */
    public boolean answer(DeviceAddress device, UUID command, CommandAnswer answer) {
        if (length(answer.result()) + length(answer.error()) > MOST_ANSWER) {
            throw new ProblemException(
                    ProblemKind.INVALID,
                    "The answer is too large.",
                    List.of(new Violation(
                            "/result", "at most " + MOST_ANSWER + " characters of JSON, with the error")));
        }
        DeviceTopics.UpTopic topic = DeviceTopics.parseUp(DeviceTopics.up(device, "commands", command.toString()))
                .orElseThrow();
        return answers.take(List.of(new CommandAnswers.Received(topic, command, answer)))
                .isEmpty();
    }

    private static int length(@Nullable JsonNode json) {
        return json == null ? 0 : json.toString().length();
    }

    /**
     * A command on its way to the device.
     *
     * @param args with what
     * @param expiresAt until when it is worth doing
     */
    public record Letter(UUID id, String name, JsonNode args, Instant expiresAt) {

        private Letter with(@Nullable ObjectNode enclosed) {
            return enclosed == null ? this : new Letter(id, name, Enclosures.joined(args, enclosed), expiresAt);
        }
    }
}
