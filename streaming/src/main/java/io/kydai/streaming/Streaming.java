package io.kydai.streaming;

import io.kydai.analytics.Alert;
import io.kydai.analytics.Frame;
import io.kydai.analytics.Observation;
import io.kydai.analytics.scene.Scene;
import io.kydai.ingest.AccessUnitSource;
import io.kydai.ingest.CameraId;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.util.Optional;

/** The room itself: live streams and evidence of every camera. */
public final class Streaming implements AutoCloseable {
  public Streaming(
      AccessUnitSource source,
      StreamingSettings settings,
      MeterRegistry metrics,
      EvidenceListener listener) {}

  /** Starts to keep a camera's newest pictures, for viewers that join and clips that look back. */
  public void add(CameraId camera, Scene scene) {
    throw new UnsupportedOperationException();
  }

  /** Forgets a camera; its viewers are told the end, and clips that are being cut end here. */
  public void remove(CameraId camera) {
    throw new UnsupportedOperationException();
  }

  /**
   * Shows a camera live.
   *
   * @return closing it ends the viewing; empty when there is no such camera or it has too many
   *     viewers
   */
  public Optional<AccessUnitSource.Subscription> watch(CameraId camera, LiveViewer viewer) {
    throw new UnsupportedOperationException();
  }

  /** Sends an observation to the camera's viewers and keeps it for clips. */
  public void onObservation(Observation observation) {
    throw new UnsupportedOperationException();
  }

  /**
   * Starts the evidence of an alert that opened: the annotated snapshot is on the disk when this
   * returns, the clip follows to the listener.
   */
  public EvidenceItem begin(Alert alert, Observation observation, Frame frame) {
    throw new UnsupportedOperationException();
  }

  /**
   * A frame as JPEG.
   *
   * @param annotated whether boxes, zones and lines are burned in
   */
  public byte[] snapshot(Frame frame, Observation observation, boolean annotated) {
    throw new UnsupportedOperationException();
  }

  /**
   * Where a file of evidence lies.
   *
   * @return empty when there is no such whole file; never a path outside the alert's folder
   */
  public Optional<Path> evidence(String alertId, String name) {
    throw new UnsupportedOperationException();
  }

  /** Ends clips with what they have, and waits for the files. */
  @Override
  public void close() {}
}
