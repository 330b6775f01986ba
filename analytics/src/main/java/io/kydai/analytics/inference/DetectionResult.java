package io.kydai.analytics.inference;

import io.kydai.analytics.tracking.Coverage;
import io.kydai.models.detection.Detection;
import java.util.List;

/**
 * What was seen on a frame, and where somebody looked.
 *
 * @param detections of the whole frame, best first
 */
record DetectionResult(List<Detection> detections, Coverage looked) {}
