package io.warren.registry.devicetype;

import io.warren.platform.problem.Violation;
import io.warren.registry.devicetype.DeviceTypeDescription.SchemaVersion;
import io.warren.registry.devicetype.DeviceTypeDescription.StreamDescription;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * How the schemas of streams change: versions are added, and what is there stays as it is, also when it is left out. Measurements
 * name the version that they keep to, for as long as they are stored.
 */
final class SchemaVersions {

    private final List<Violation> violations = new ArrayList<>();

    /** What would have changed a version, or gone back behind one. */
    List<Violation> violations() {
        return violations;
    }

    /** The streams there are after others have been asked for. */
    Map<String, StreamDescription> grow(Map<String, StreamDescription> there, Map<String, StreamDescription> asked) {
        Map<String, StreamDescription> grown = new LinkedHashMap<>(there);
        asked.forEach((stream, description) -> {
            StreamDescription before = there.get(stream);
            grown.put(
                    stream,
                    new StreamDescription(grow(
                            before == null ? List.of() : before.schemas(),
                            description.schemas(),
                            "/streams/" + stream + "/schemas/")));
        });
        return grown;
    }

    private List<SchemaVersion> grow(List<SchemaVersion> there, List<SchemaVersion> asked, String pointer) {
        List<SchemaVersion> grown = new ArrayList<>(there);
        for (int i = 0; i < asked.size(); i++) {
            SchemaVersion each = asked.get(i);
            SchemaVersion newest = grown.isEmpty() ? null : grown.getLast();
            int last = newest == null ? 0 : numberOf(newest);
            Optional<SchemaVersion> same = grown.stream()
                    .filter(known -> Objects.equals(known.version(), each.version()))
                    .findFirst();
            if (each.version() == null) {
                if (newest == null || !SameJson.isSame(newest.schema(), each.schema())) {
                    grown.add(new SchemaVersion(last + 1, each.schema()));
                }
            } else if (same.isPresent()) {
                if (!SameJson.isSame(same.get().schema(), each.schema())) {
                    refuse(
                            pointer + i + "/schema",
                            "version " + each.version()
                                    + " has another schema for good: leave out its number to add a version");
                }
            } else if (each.version() > last) {
                grown.add(each);
            } else {
                refuse(pointer + i + "/version", "versions grow: the last is " + last);
            }
        }
        return grown;
    }

    private void refuse(String pointer, String detail) {
        violations.add(new Violation(pointer, detail));
    }

    private static int numberOf(SchemaVersion kept) {
        return Objects.requireNonNull(kept.version());
    }
}
