package io.warren.registry.query;

import io.warren.contracts.device.DeviceId;
import io.warren.contracts.device.TenantId;
import io.warren.platform.expression.Expression;
import io.warren.platform.problem.ProblemException;
import io.warren.platform.problem.ProblemKind;
import io.warren.platform.problem.Violation;
import io.warren.platform.web.Cursor;
import io.warren.platform.web.Page;
import io.warren.registry.device.DeviceView;
import io.warren.registry.device.DeviceViews;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;

/** Answers questions about all devices. */
@Component
class DeviceQueries {

    private static final Set<String> FIELDS = new LinkedHashSet<>(Arrays.stream(DeviceView.class.getRecordComponents())
            .map(component -> component.getName())
            .toList());

    private static final TypeReference<LinkedHashMap<String, Object>> OBJECT = new TypeReference<>() {};

    private final DeviceSearch search;
    private final DeviceViews views;
    private final JsonMapper json;

    DeviceQueries(DeviceSearch search, DeviceViews views, JsonMapper json) {
        this.search = search;
        this.views = views;
        this.json = json;
    }

    /** A page of devices. */
    Page<Map<String, Object>> page(TenantId tenant, DeviceQuestion question) {
        int limit = Cursor.limit(question.limit());
        List<String> fields = fields(question.fields());
        Sorting sorting = Sorting.of(question.sort(), search.language());
        String fingerprint = fingerprint(question);
        Page<Sorting.Place> places = Page.of(
                search.places(tenant, filter(question), sorting, place(question, fingerprint, sorting), limit + 1),
                limit,
                place -> Cursor.after(fingerprint, json.writeValueAsString(texts(place))));
        List<DeviceId> ids =
                places.items().stream().map(place -> new DeviceId(place.id())).toList();
        return new Page<>(
                views.of(tenant, ids).stream()
                        .map(view -> selected(view, fields))
                        .toList(),
                places.next());
    }

    /** Devices counted by a value. */
    Groups groups(TenantId tenant, DeviceQuestion question, String groupBy) {
        return search.groups(tenant, filter(question), search.language().name(groupBy, "groupBy"));
    }

    private @Nullable Expression filter(DeviceQuestion question) {
        String filter = question.filter();
        return filter == null || filter.isBlank() ? null : search.language().compile(filter, "filter");
    }

    private Map<String, Object> selected(DeviceView view, List<String> fields) {
        Map<String, Object> whole = json.convertValue(view, OBJECT);
        if (!fields.isEmpty()) {
            whole.keySet().retainAll(fields);
        }
        return whole;
    }

    private static List<String> fields(@Nullable List<String> asked) {
        List<String> fields = asked == null ? List.of() : asked;
        for (String field : fields) {
            if (!FIELDS.contains(field)) {
                throw new ProblemException(
                        ProblemKind.INVALID,
                        "A device has no field " + field + ".",
                        List.of(new Violation("fields", "there are " + String.join(", ", FIELDS))));
            }
        }
        return fields;
    }

    /** What tells one list from another: a cursor goes on in the list that gave it out and in no other. */
    private static String fingerprint(DeviceQuestion question) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] hash = digest.digest((question.sort() + "\n" + question.filter()).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }

    private ArrayNode texts(Sorting.Place place) {
        ArrayNode texts = json.createArrayNode().add(place.id());
        place.keys().forEach(texts::add);
        return texts;
    }

    private Sorting.@Nullable Place place(DeviceQuestion question, String fingerprint, Sorting sorting) {
        Cursor cursor = Cursor.decode(question.cursor(), 2);
        if (cursor == null) {
            return null;
        }
        try {
            if (cursor.values().getFirst().equals(fingerprint)
                    && json.readTree(cursor.values().getLast()) instanceof ArrayNode texts
                    && texts.size() == 1 + sorting.keys().size()
                    && texts.get(0).isString()) {
                List<@Nullable String> keys = new ArrayList<>();
                for (int at = 1; at < texts.size(); at++) {
                    keys.add(texts.get(at).isNull() ? null : texts.get(at).asString());
                }
                return new Sorting.Place(texts.get(0).stringValue(), keys);
            }
        } catch (JacksonException e) {
            // said below, in the same words
        }
        throw Cursor.malformed();
    }
}
