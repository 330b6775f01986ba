package io.kydai.console.deskstatistics;

import java.time.Duration;

/**
 * How long something took, over all of a span: the middle one, and the one that nine of ten do not
 * exceed (nearest rank). The time passed on the clock, nights and holidays too.
 *
 * @param count of how many
 */
public record HandlingTimes(int count, Duration median, Duration p90) {}
