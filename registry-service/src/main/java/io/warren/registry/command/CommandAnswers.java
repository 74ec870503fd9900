package io.warren.registry.command;

import io.warren.contracts.device.DeviceTopics.UpTopic;
import io.warren.registry.presence.HeardHere;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Takes in what devices say to their commands, many answers at a time: a whole fleet may answer at once. */
@Service
class CommandAnswers {

    private final Commands commands;
    private final CommandNews news;
    private final HeardHere heard;
    private final Clock clock;

    CommandAnswers(Commands commands, CommandNews news, HeardHere heard, Clock clock) {
        this.commands = commands;
        this.news = news;
        this.heard = heard;
        this.clock = clock;
    }

    /**
     * Takes in answers, those to the same command in the order given, with as many statements for hundreds as for one.
     *
     * @param answers a few hundred at the most
     * @return those that no command of their device is meant by
     */
    @Transactional
    List<Received> take(List<Received> answers) {
        heard.of(answers.stream().map(answer -> answer.topic().address()).toList());
        Map<UUID, Standing> before = commands.lock(answers);
        Map<UUID, Standing> after = new LinkedHashMap<>();
        List<Received> unknown = new ArrayList<>();
        for (Received received : answers) {
            Standing standing = after.getOrDefault(received.command(), before.get(received.command()));
            if (standing == null || !standing.address().equals(received.topic().address())) {
                unknown.add(received);
            } else if (standing.isAdvancedBy(received.answer())) {
                after.put(received.command(), standing.advancedBy(received.answer()));
            }
        }
        Instant now = clock.instant();
        commands.answered(after.values(), now);
        news.moved(
                after.values().stream()
                        .map(moved -> new CommandNews.Move(
                                Objects.requireNonNull(before.get(moved.id())).state(), moved))
                        .toList(),
                now);
        return unknown;
    }

    /**
     * What a device says.
     *
     * @param topic where it says it
     * @param command the command that the topic names
     * @param answer what it says to it
     */
    record Received(UpTopic topic, UUID command, CommandAnswer answer) {}
}
