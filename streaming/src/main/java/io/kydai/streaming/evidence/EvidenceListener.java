package io.kydai.streaming.evidence;

import io.kydai.analytics.alert.AlertId;
import io.kydai.ingest.source.CameraId;

/** A listener that is told of each file of evidence once it is whole and on the disk. */
@FunctionalInterface
public interface EvidenceListener {
  /**
   * Takes a file. Called on a writer's thread, which waits for it; what it throws is logged.
   *
   * @param alertId the alert that it belongs to
   */
  void onEvidence(CameraId camera, AlertId alertId, EvidenceItem item);
}
