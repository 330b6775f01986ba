package io.kydai.streaming.recording.index;

import static java.util.Objects.requireNonNull;

import io.kydai.ingest.source.CameraId;
import io.kydai.ingest.source.StreamRole;
import java.time.Instant;

/**
 * One recorded file as an index has it.
 *
 * @param file its path in the folder of recordings, such as {@code
 *     gate-1/2026-11-29/20261129T010203.456Z.mp4}; it identifies the segment, and says of which
 *     stream it is
 * @param start when its first picture was taken
 * @param end when its last picture has ended, as far as the index knows
 * @param bytes its length, as far as the index knows
 * @param open whether it is still being written, or was when the node ended
 * @param disk the id of the disk that has it; an empty text where disks have none
 */
public record Segment(
    CameraId camera,
    String file,
    Instant start,
    Instant end,
    long bytes,
    boolean open,
    String disk) {
  public Segment {
    requireNonNull(camera);
    requireNonNull(file);
    requireNonNull(start);
    requireNonNull(end);
    requireNonNull(disk);
  }

  /** Creates a segment on a disk that has no id. */
  public Segment(
      CameraId camera, String file, Instant start, Instant end, long bytes, boolean open) {
    this(camera, file, start, end, bytes, open, "");
  }

  /** Returns of which of the camera's streams it is. */
  public StreamRole stream() {
    return stream(file);
  }

  /** Returns of which of a camera's streams the file of a path is. */
  public static StreamRole stream(String file) {
    return file.endsWith(".sub.mp4") || file.endsWith(".sub.key.mp4")
        ? StreamRole.SUB
        : StreamRole.MAIN;
  }

  /** Returns the same segment on another disk. */
  public Segment on(String other) {
    return new Segment(camera, file, start, end, bytes, open, other);
  }
}
