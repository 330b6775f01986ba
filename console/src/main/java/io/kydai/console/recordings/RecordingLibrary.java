package io.kydai.console.recordings;

import io.kydai.console.activity.ActivityReader;
import io.kydai.ingest.source.CameraId;
import io.kydai.streaming.playback.SegmentFiles;
import io.kydai.streaming.playback.StreamChoice;
import io.kydai.streaming.recording.index.RecordingIndex;
import io.kydai.streaming.recording.index.Segment;
import io.kydai.streaming.recording.retention.RecordingStorage;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The recordings of a node.
 *
 * @param files where each is
 * @param deletions what retention deleted
 * @param activity what moved in front of the cameras
 * @param alertDays on which days there were alerts
 * @param storage their room, as it was looked at last; empty before the first look
 */
public record RecordingLibrary(
    SegmentFiles files,
    RecordingIndex index,
    Holds holds,
    DeletionList deletions,
    ActivityReader activity,
    AlertDays alertDays,
    Supplier<Optional<RecordingStorage>> storage) {
  /**
   * Returns what is shown of a camera in a span: its main stream, and its sub-stream where that was
   * not recorded, or is not there.
   *
   * @param limit of the files of both
   */
  public List<Segment> shown(CameraId camera, Instant from, Instant to, int limit) {
    return StreamChoice.of(files, index.segments(camera, from, to, limit));
  }
}
