package io.warren.telemetry.activity;

import io.warren.contracts.telemetry.ActivityObserved.Activity;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/** The devices that were heard of since somebody was told, each with the time of the newest. Lives in memory only. */
@Component
public class HeardDevices {

    private final ConcurrentHashMap<Device, Long> newest = new ConcurrentHashMap<>();
    private final int most;

    HeardDevices(ActivityProperties properties) {
        this.most = properties.devices();
    }

    /**
     * Notes that something of a device has arrived. Beyond the devices that are remembered, it is passed over.
     *
     * @param arrivedMillis when, in milliseconds since 1970-01-01T00:00Z
     */
    public void note(String tenant, String device, long arrivedMillis) {
        Device key = new Device(tenant, device);
        if (newest.mappingCount() < most || newest.containsKey(key)) {
            newest.merge(key, arrivedMillis, Math::max);
        }
    }

    boolean isFull() {
        return newest.mappingCount() >= most;
    }

    /** Takes what has been noted; what is noted meanwhile is taken now or the next time. */
    List<Activity> take() {
        List<Activity> taken = new ArrayList<>();
        for (Device device : newest.keySet()) {
            Long at = newest.remove(device);
            if (at != null) {
                taken.add(new Activity(device.tenant(), device.device(), Instant.ofEpochMilli(at)));
            }
        }
        return taken;
    }

    private record Device(String tenant, String device) {}
}
