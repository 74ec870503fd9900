package io.warren.registry.timeline;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Instant;
import tools.jackson.databind.JsonNode;

/**
 * Something that happened to a device, as callers see it.
 *
 * @param at when it happened, by the clock of whoever noticed: the broker's for connections, the platform's for the rest
 * @param seq tells entries of the same time apart; the later noted has the larger one
 * @param kind what it is about: {@code presence}, {@code command}, …
 * @param event what happened: {@code connected}, {@code queued}, …
 * @param details what else is known of it
 */
record TimelineEntry(Instant at, @JsonIgnore long seq, String kind, String event, JsonNode details) {}
