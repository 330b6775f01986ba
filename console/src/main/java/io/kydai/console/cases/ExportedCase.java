package io.kydai.console.cases;

import static java.util.Objects.requireNonNull;

import io.kydai.ingest.source.CameraId;
import io.kydai.streaming.privacy.Privacy;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was recorded of some cameras, exported together.
 *
 * @param id a ULID
 * @param wish what was asked for
 * @param actor the name of the account or token that asked
 * @param failure why it failed; null where it did not
 * @param finishedAt when it was made or failed; null before
 * @param expiresAt when its archive is removed; null before it is made
 * @param size of the archive in bytes; null before it is made
 * @param sha256 of the archive in hexadecimal digits; null before it is made
 */
public record ExportedCase(
    String id,
    Wish wish,
    String actor,
    Instant createdAt,
    State state,
    @Nullable Failure failure,
    @Nullable Instant finishedAt,
    @Nullable Instant expiresAt,
    @Nullable Long size,
    @Nullable String sha256) {
  public ExportedCase {
    requireNonNull(id);
    requireNonNull(wish);
    requireNonNull(actor);
    requireNonNull(createdAt);
    requireNonNull(state);
  }

  /** Returns whether there is an archive that may be downloaded. */
  boolean hasArchive(Instant now) {
    return state == State.DONE && (expiresAt == null || now.isBefore(expiresAt));
  }

  /**
   * What is asked for.
   *
   * @param reason why; the audit and the manifest have it
   * @param notes further words, which go into the archive; empty for none
   * @param cameras in the order in which they were named
   * @param to after {@code from}
   * @param boxes whether the boxes of what was observed are drawn into the pictures
   * @param clock whether the camera and the time are written into the pictures
   */
  public record Wish(
      String title,
      String reason,
      String notes,
      List<Camera> cameras,
      Instant from,
      Instant to,
      boolean boxes,
      boolean clock) {
    /** The cameras' own pictures. */
    public Wish(
        String title, String reason, String notes, List<Camera> cameras, Instant from, Instant to) {
      this(title, reason, notes, cameras, from, to, false, false);
    }

    public Wish {
      cameras = List.copyOf(cameras);
      if (!to.isAfter(from)) {
        throw new IllegalArgumentException("a span ends after it begins");
      }
    }
  }

  /**
   * A camera of a case.
   *
   * @param name as it was called when the case was asked for
   * @param hidden what is hidden on its pictures in the archive
   */
  public record Camera(CameraId id, String name, Privacy hidden) {
    /** A camera whose own pictures are exported. */
    public Camera(CameraId id, String name) {
      this(id, name, Privacy.NONE);
    }
  }

  /** What became of a case. */
  public enum State {
    /** It waits for its turn. */
    QUEUED,
    /** It is being made. */
    RUNNING,
    /** Its archive can be downloaded. */
    DONE,
    /** There is no archive, and {@link Failure} says why. */
    FAILED,
    /** It was kept as long as it had to be, and its archive was removed. */
    EXPIRED;

    /** Whether what was recorded is still needed. */
    public boolean isUnderWay() {
      return this == QUEUED || this == RUNNING;
    }
  }

  /** Why a case could not be made. */
  public enum Failure {
    /** Nothing was recorded of any of its cameras in its span. */
    NOTHING_RECORDED,
    /** It is larger than all cases together may be. */
    TOO_LARGE,
    /** The disk has no room for it. */
    DISK_FULL,
    /** A recording cannot be read, or the disk does not take the archive; the log says more. */
    DISK_ERROR,
    /** The node ended in the middle of it again and again. */
    INTERRUPTED
  }
}
