package io.kydai.streaming;

import io.kydai.ingest.source.CameraId;

/** Hears when a file of evidence is whole and on the disk. Must hand over quickly. */
@FunctionalInterface
public interface EvidenceListener {
  /**
   * @param alertId the alert that it belongs to
   */
  void onEvidence(CameraId camera, String alertId, EvidenceItem item);
}
