package io.warren.platform.vocabulary;

import java.util.EnumSet;
import java.util.Set;

/** What stands behind a name. Each may be missing, in which case it is {@code null}. */
public enum ValueType {
    /** A text. */
    TEXT,
    /** True or false. */
    BOOLEAN,
    /** A point in time, in microseconds. */
    TIME,
    /** A list of texts; missing, it is empty. */
    TEXTS,
    /** Texts by key, as {@code device.tags.site} or {@code device.tags["site"]}; missing, it is empty. */
    TEXT_MAP,
    /** Any JSON value, with others below it by key. */
    JSON;

    /** What a value can be at the moment it is looked at. */
    public enum Kind {
        TEXT("a text"),
        NUMBER("a number"),
        BOOLEAN("true or false"),
        TIME("a time"),
        LIST("a list"),
        MAP("a map");

        static final Set<Kind> OF_JSON = EnumSet.of(TEXT, NUMBER, BOOLEAN, LIST, MAP);

        private final String words;

        Kind(String words) {
            this.words = words;
        }

        /** What such a value is called in messages. */
        public String words() {
            return words;
        }
    }

    /** What a value of this type can be, when it is there. */
    public Set<Kind> kinds() {
        return switch (this) {
            case TEXT -> EnumSet.of(Kind.TEXT);
            case BOOLEAN -> EnumSet.of(Kind.BOOLEAN);
            case TIME -> EnumSet.of(Kind.TIME);
            case TEXTS -> EnumSet.of(Kind.LIST);
            case TEXT_MAP -> EnumSet.of(Kind.MAP);
            case JSON -> Kind.OF_JSON;
        };
    }
}
