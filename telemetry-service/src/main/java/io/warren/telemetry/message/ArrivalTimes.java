package io.warren.telemetry.message;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Gives each message of a device a time of arrival of its own, in microseconds: the broker's clock counts milliseconds, in which a
 * device can send several. Remembers the devices that were heard last.
 */
final class ArrivalTimes {

    private static final int MEMORY = 50_000;

    /** A clock that is put back by more than this is believed: pretending that time stands still would be worse. */
    private static final long MOST_SMOOTHED_MICROS = 1_000_000;

    private final Map<Source.Device, Long> last = new LinkedHashMap<>(1024, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Source.Device, Long> eldest) {
            return size() > MEMORY;
        }
    };

    /** Whether this is the first that is heard of a device, as far as memory reaches. */
    boolean isNew(Source.Device device) {
        return !last.containsKey(device);
    }

    /** The time of arrival of a device's next message, later than that of the one before. */
    long next(Source.Device device, long arrivedMillis) {
        long arrived = arrivedMillis * 1000;
        return last.merge(
                device,
                arrived,
                (before, now) -> now > before || before - now > MOST_SMOOTHED_MICROS ? now : Long.valueOf(before + 1));
    }
}
