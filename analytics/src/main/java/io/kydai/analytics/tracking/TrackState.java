package io.kydai.analytics.tracking;

import io.kydai.models.detection.Box;

/**
 * What a tracker knows of one track at a moment, as far as it matters for when to look again.
 *
 * @param box where it is by now, normalised
 * @param speedX to the right, pictures' widths per second
 * @param speedY down, pictures' heights per second
 * @param confirmed whether it has been seen often enough to be shown
 * @param unseen for how many seconds it had not been seen by the last look; 0 where it was seen on
 *     that
 * @param carried whether the stream's motion is known at its place since the last look
 */
public record TrackState(
    Box box, double speedX, double speedY, boolean confirmed, double unseen, boolean carried) {}
