package io.warren.registry.presence;

import io.warren.contracts.device.DeviceAddress;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * Of which devices this replica itself has heard, in memory until it is written down for all of them together. A crash loses what is not
 * written yet, until the devices are heard again.
 */
@Component
public class HeardHere {

    private static final Logger log = LoggerFactory.getLogger(HeardHere.class);
    private static final int MOST = 100_000;
    private static final int BATCH = 1_000;

    private final Map<DeviceAddress, Instant> heard = new ConcurrentHashMap<>();
    private final SignsOfLife signs;
    private final Clock clock;

    HeardHere(SignsOfLife signs, Clock clock) {
        this.signs = signs;
        this.clock = clock;
    }

    /** Something has come of these devices just now. Costs no more than some memory. */
    public void of(Collection<DeviceAddress> devices) {
        Instant now = clock.instant();
        for (DeviceAddress device : devices) {
            // what does not fit is heard again
            if (heard.size() < MOST || heard.containsKey(device)) {
                heard.put(device, now);
            }
        }
    }

    @Scheduled(fixedDelay = 10_000)
    void write() {
        Map<DeviceAddress, Instant> batch = new HashMap<>();
        for (Iterator<Map.Entry<DeviceAddress, Instant>> entries =
                        heard.entrySet().iterator();
                entries.hasNext(); ) {
            Map.Entry<DeviceAddress, Instant> entry = entries.next();
            batch.put(entry.getKey(), entry.getValue());
            entries.remove();
            if (batch.size() == BATCH) {
                write(batch);
                batch = new HashMap<>();
            }
        }
        write(batch);
    }

    private void write(Map<DeviceAddress, Instant> batch) {
        try {
            signs.note(batch);
        } catch (DataAccessException | TransactionException e) {
            log.warn("When {} devices were heard of is not written down: {}", batch.size(), e.getMessage());
        }
    }
}
