package io.warren.platform.vocabulary;

import java.util.LinkedHashMap;
import java.util.Map;

/** The names of what is known of a device, the same in every service. */
public final class DeviceVocabulary {

    /** All names, each beginning with {@code device.}. */
    public static final Vocabulary NAMES = Vocabulary.of(names());

    private DeviceVocabulary() {}

    private static Map<String, ValueType> names() {
        Map<String, ValueType> names = new LinkedHashMap<>();
        names.put("device.id", ValueType.TEXT);
        names.put("device.type", ValueType.TEXT);
        names.put("device.name", ValueType.TEXT);
        names.put("device.tags", ValueType.TEXT_MAP);
        names.put("device.identifiers", ValueType.TEXT_MAP);
        names.put("device.enabled", ValueType.BOOLEAN);
        names.put("device.connected", ValueType.BOOLEAN);
        names.put("device.lastSeenAt", ValueType.TIME);
        names.put("device.createdAt", ValueType.TIME);
        names.put("device.firmware", ValueType.JSON);
        names.put("device.state.reported", ValueType.JSON);
        names.put("device.state.desired", ValueType.JSON);
        names.put("device.groups", ValueType.TEXTS);
        return names;
    }
}
