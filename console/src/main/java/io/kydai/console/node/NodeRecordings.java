package io.kydai.console.node;

import io.kydai.console.activity.ActivityArchive;
import io.kydai.console.cameras.CameraRegistry;
import io.kydai.console.config.StorageConfig;
import io.kydai.console.config.camera.CameraConfig;
import io.kydai.console.config.camera.RetentionConfig;
import io.kydai.console.recordings.CameraRetention;
import io.kydai.console.recordings.Deletions;
import io.kydai.console.recordings.RecordingTable;
import io.kydai.console.store.Database;
import io.kydai.ingest.source.CameraId;
import io.kydai.streaming.recording.Recordings;
import io.kydai.streaming.recording.disk.RecordingSettings;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** Opens the recordings of a node by its configuration. */
final class NodeRecordings {
  private static final long GIB = 1L << 30;
  private static final Duration SEGMENT = Duration.ofMinutes(5);

  private NodeRecordings() {}

  static Recordings open(
      Path folder,
      StorageConfig storage,
      Database database,
      RecordingTable index,
      CameraRegistry cameras,
      Deletions deletions,
      MeterRegistry metrics) {
    RecordingSettings settings =
        new RecordingSettings(
            storage.recordingsFolders(folder),
            storage.recordingsArchive(),
            storage.recordingsMostGib() * GIB,
            storage.recordingsLeastFreeGib() * GIB,
            SEGMENT);
    CameraRetention retention =
        new CameraRetention(
            database,
            camera -> cameras.camera(camera).map(CameraConfig::retention).map(NodeRecordings::days),
            storage.recordingsThinDays(),
            storage.recordingsArchiveDays());
    try {
      return new Recordings(
          settings, index, retention::ages, deletions::sealDue, metrics, Clock.systemUTC());
    } catch (IOException e) {
      throw new StartException(
          "No folder of recordings "
              + storage.recordingsFolders(folder)
              + " can be used: "
              + e.getMessage(),
          e);
    }
  }

  private static CameraRetention.Days days(RetentionConfig camera) {
    return new CameraRetention.Days(
        camera.days(), camera.subDays(), camera.thinDays(), camera.archiveDays());
  }

  /** Opens what is kept of what moves, as long as the recordings are. */
  static ActivityArchive activity(
      Path folder, RecordingTable index, CameraRegistry cameras, Clock clock) {
    return new ActivityArchive(
        folder,
        new ActivityArchive.Keeping() {
          @Override
          public Duration age(CameraId camera) {
            return Duration.ofDays(
                cameras
                    .camera(camera)
                    .map(one -> one.retention().longestDays())
                    .orElse(CameraRetention.DEFAULT));
          }

          @Override
          public boolean isRecorded(CameraId camera, Instant from, Instant to) {
            return !index.segments(camera, from, to, 1).isEmpty();
          }
        },
        clock);
  }
}
