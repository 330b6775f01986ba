package io.kydai.streaming.recording.index;

import static java.util.Objects.requireNonNull;

import io.kydai.ingest.source.CameraId;
import io.kydai.ingest.source.StreamRole;
import java.time.Instant;

/**
 * A span of which a camera's stream has no pictures on the disk.
 *
 * @param from when the last recorded picture had ended
 * @param to when the next recorded picture begins; not before {@code from}
 */
public record Gap(CameraId camera, StreamRole stream, Instant from, Instant to, Reason reason) {
  /** Why there are no pictures. */
  public enum Reason {
    /** The camera was not connected, sent nothing for a time, or its clock was stepped. */
    CAMERA_LOST,
    /** Packets were lost: pictures up to the next key frame could not be decoded. */
    DAMAGED,
    /** This machine had no time for the camera, and dropped pictures before they were recorded. */
    OVERLOAD,
    /** The disk did not write as fast as the cameras send. */
    SLOW_DISK,
    /** The disk refused to write, or does not give back what was written. */
    DISK_ERROR,
    /** The disk is full of what must not be deleted. */
    DISK_FULL,
    /** It was recorded, and the disk that has it is not there now. Never in the index. */
    DISK_MISSING,
    /** The camera was paused or changed, or its recording was off. */
    OFF,
    /** The camera is recorded at other times of the week. */
    NOT_SCHEDULED,
    /** The camera is recorded around alerts, and there was none. */
    NO_ALERT,
    /** The node was not running, or ended before it could write. */
    NODE_DOWN,
    /** The index was made again from the files, which do not say why. */
    UNKNOWN;

    /** Whether it is so by the plan of what is recorded. */
    public boolean isPlanned() {
      return this == NOT_SCHEDULED || this == NO_ALERT;
    }
  }

  public Gap {
    requireNonNull(camera);
    requireNonNull(stream);
    requireNonNull(reason);
    if (to.isBefore(from)) {
      throw new IllegalArgumentException("a gap does not end before it begins");
    }
  }

  /** Creates a gap of the main stream, or the only one. */
  public Gap(CameraId camera, Instant from, Instant to, Reason reason) {
    this(camera, StreamRole.MAIN, from, to, reason);
  }
}
