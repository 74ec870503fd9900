package io.warren.simulator.fleet;

import java.util.Map;

/**
 * One measurement in form 2 of the device protocol.
 *
 * @param ts the device's time, RFC 3339
 * @param seq grows by one with each measurement
 */
record Measurement(String ts, long seq, Map<String, Object> values) {}
