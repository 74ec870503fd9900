package io.warren.provisioning.policy;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * How the devices of an enrolment are called.
 *
 * @param template makes the device id of the attested facts; absent, it is what the device calls itself
 * @param pattern what the whole device id has to be like, in the syntax of RE2; absent, any device id will do
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Naming(@Nullable String template, @Nullable String pattern) {}
