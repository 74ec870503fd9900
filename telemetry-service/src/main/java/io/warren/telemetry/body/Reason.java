package io.warren.telemetry.body;

import java.util.Locale;

/** Why something was refused, in terms that a program can tell apart. */
public enum Reason {
    /** The topic names no stream that can be: see the grammar of streams. */
    INVALID_STREAM("The topic names no valid stream"),
    /** The topic names a device that does not sit behind the one that published it. */
    NOT_BEHIND_GATEWAY("Not behind this gateway"),
    /** The device has as many streams as one may have. */
    TOO_MANY_STREAMS("Too many streams"),
    /** The body is in a format that is not read. */
    UNSUPPORTED_CONTENT_TYPE("Unsupported content type"),
    /** The body is not JSON in UTF-8, or not of a form that is read. */
    MALFORMED("Malformed body"),
    /** The batch has more elements than one may have. */
    BATCH_TOO_LARGE("Batch too large"),
    /** There is nothing in it to store. */
    EMPTY("Nothing to store"),
    /** A key has a form that keys may not have, or there are too many of them. */
    INVALID_KEY("Invalid key"),
    /** A value is of a kind that is not stored. */
    INVALID_VALUE("Invalid value"),
    /** The time is missing, or not one. */
    INVALID_TIME("Invalid time"),
    /** The time is further ahead than a wrong clock explains, or older than what is kept. */
    TIME_OUT_OF_RANGE("Time out of range"),
    /** The sequence number is not one. */
    INVALID_SEQ("Invalid sequence number"),
    /** Of a batch, more elements than are named were refused, each for a reason of its own. */
    FURTHER_ELEMENTS("Further elements refused"),
    /** The topic names no type of event that can be. */
    INVALID_TYPE("The topic names no valid type of event"),
    /** The level of a line or the severity of an event is none that there is. */
    INVALID_LEVEL("Invalid level"),
    /** The device sends more of this in a while than one device may. */
    DEVICE_RATE("Beyond the device's rate"),
    /** The tenant's devices send more in a second than they may. */
    TENANT_RATE("Beyond the tenant's rate"),
    /** The database refused what passed every check before it. */
    NOT_STORABLE("Not storable");

    private final String title;

    Reason(String title) {
        this.title = title;
    }

    /** The name outside: {@code time-out-of-range}. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** What it means in general, for people. */
    public String title() {
        return title;
    }
}
