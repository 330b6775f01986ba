package io.kydai.analytics.inference;

import io.kydai.analytics.tracking.Looked;
import io.kydai.models.Detection;
import java.util.List;

/**
 * What was seen on a frame, and where somebody looked.
 *
 * @param detections of the whole frame, best first
 */
record Sighting(List<Detection> detections, Looked looked) {}
