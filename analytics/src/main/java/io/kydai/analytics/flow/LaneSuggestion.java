package io.kydai.analytics.flow;

import io.kydai.analytics.scene.Line;
import io.kydai.analytics.scene.Zone;

/**
 * A lane that traffic seems to use, for a person to accept or not.
 *
 * @param zone with {@code use: lane} and a direction
 * @param line across it, to count on; the lane's direction is {@code forward}
 * @param tracks how many went along it, on average over its length; the past fades
 * @param confidence 0..1: how much of what moves in it agrees on one direction (the mean resultant
 *     length of all of it), times {@code n / (n + 10)} for {@code n} tracks
 */
public record LaneSuggestion(Zone zone, Line line, double tracks, double confidence) {}
