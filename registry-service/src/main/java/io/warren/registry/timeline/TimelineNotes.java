package io.warren.registry.timeline;

import io.warren.platform.outbox.Outbox;
import io.warren.registry.timeline.DeviceTimeline.Note;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes notes for timelines of events as they are on the wire: of any that names a tenant and a device, known or not. What comes
 * with a new feature is in the timeline without anybody doing anything for it.
 */
@Component
class TimelineNotes {

    /** A member of an event that is longer, as JSON, is left out, and named in {@code omitted}. */
    private static final int LONGEST_MEMBER = 2_048;

    private final JsonMapper json;
    private final Clock clock;

    TimelineNotes(JsonMapper json, Clock clock) {
        this.json = json;
        this.clock = clock;
    }

    Optional<Note> of(Outbox.Event event) {
        return of(event.type(), json.valueToTree(event.payload()));
    }

    /**
     * Makes a note of an event.
     *
     * @param type for example {@code presence.connected.v1}
     * @return empty if it is about no device
     */
    Optional<Note> of(String type, JsonNode payload) {
        String[] words = type.split("\\.", -1);
        if (words.length != 3
                || !(payload instanceof ObjectNode event)
                || !event.path("tenant").isString()
                || !event.path("device").isString()) {
            return Optional.empty();
        }
        ObjectNode details = event.deepCopy();
        details.remove("tenant");
        details.remove("device");
        details.remove("at");
        return Optional.of(new Note(
                event.path("tenant").asString(),
                event.path("device").asString(),
                at(event.path("at")),
                words[0],
                words[1],
                bounded(details).toString()));
    }

    Note of(Happened happened) {
        ObjectNode details = json.valueToTree(happened.details());
        return new Note(
                happened.address().tenant().value(),
                happened.address().device().value(),
                happened.at(),
                happened.kind(),
                happened.event(),
                bounded(details).toString());
    }

    private Instant at(JsonNode at) {
        try {
            return Instant.parse(at.asString(""));
        } catch (DateTimeException e) {
            return clock.instant();
        }
    }

    private static ObjectNode bounded(ObjectNode details) {
        List<String> tooLong = details.propertyStream()
                .filter(member -> member.getValue().toString().length() > LONGEST_MEMBER)
                .map(Map.Entry::getKey)
                .toList();
        if (!tooLong.isEmpty()) {
            details.remove(tooLong);
            ArrayNode omitted = details.putArray("omitted");
            tooLong.forEach(omitted::add);
        }
        return details;
    }
}
