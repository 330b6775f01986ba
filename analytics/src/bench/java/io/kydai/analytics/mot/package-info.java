/**
 * Multi-object tracking measured as the field does.
 *
 * <p>Enters: MOT-Challenge files (truth, public detections, results). Leaves: CLEAR, identity and
 * HOTA figures that agree with TrackEval's, for SORT as the reference and for our tracker. Reads
 * files only; owns nothing.
 */
package io.kydai.analytics.mot;
