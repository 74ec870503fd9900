package io.warren.platform.trace;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Import;

/** Gives every request a trace. */
@AutoConfiguration
@Import(TraceFilter.class)
public class TraceAutoConfiguration {}
