package io.warren.simulator.fleet;

import java.util.concurrent.atomic.AtomicLong;

/** How a device is doing. The device writes it; anyone may read it. */
public final class Vitals {

    private final String id;
    private final AtomicLong measured = new AtomicLong();
    private final AtomicLong acknowledged = new AtomicLong();
    private final AtomicLong faults = new AtomicLong();
    private volatile boolean registered;
    private volatile boolean online;
    private volatile String firmware = "1.0.0";
    private volatile String activity = "waits for its identity";

    Vitals(String id) {
        this.id = id;
    }

    /** The device's id. */
    public String id() {
        return id;
    }

    /** Whether it has got its identity. */
    public boolean isRegistered() {
        return registered;
    }

    /** Whether it is connected to the broker. */
    public boolean isOnline() {
        return online;
    }

    /** The version of the firmware it runs. */
    public String firmware() {
        return firmware;
    }

    /** The last thing of note that it did or that befell it. */
    public String activity() {
        return activity;
    }

    /** The measurements it has taken. */
    public long measured() {
        return measured.get();
    }

    /** The measurements the broker has acknowledged to it. */
    public long acknowledged() {
        return acknowledged.get();
    }

    /** The faults that have befallen it. */
    public long faults() {
        return faults.get();
    }

    long nextMeasurement() {
        return measured.incrementAndGet();
    }

    void acknowledged(int measurements) {
        acknowledged.addAndGet(measurements);
    }

    void registered() {
        registered = true;
        activity = "registered";
    }

    void online(boolean isOnline) {
        online = isOnline;
    }

    void did(String what) {
        activity = what;
    }

    void suffered(String what) {
        faults.incrementAndGet();
        activity = what;
    }

    void runs(String version) {
        firmware = version;
    }
}
