package io.warren.simulator.fleet;

import io.warren.simulator.enrollment.Bootstrap;
import java.net.http.HttpClient;
import java.time.Clock;
import java.util.concurrent.ExecutorService;

/**
 * What the devices of a fleet share.
 *
 * @param bootstrap where they get their identities
 * @param downloads fetches their firmware, and sends their diagnostics
 * @param threads carries their lives, and ends them
 * @param faults what befalls them
 * @param clock the time they all have
 */
record Environment(Bootstrap bootstrap, HttpClient downloads, ExecutorService threads, Faults faults, Clock clock) {}
