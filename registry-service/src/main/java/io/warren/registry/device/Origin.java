package io.warren.registry.device;

import org.jspecify.annotations.Nullable;

/**
 * What lets a device in that registers itself.
 *
 * @param enrollment the enrolment, to which the device belongs from then on
 * @param attempt tells this time from any other; the same again is a repetition. Absent if who lets it in does not say
 */
public record Origin(String enrollment, @Nullable String attempt) {}
