package io.kydai.console.recordings;

import static java.util.Objects.requireNonNull;

import io.kydai.ingest.source.CameraId;
import io.kydai.streaming.recording.index.DeletionReason;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A recorded file that was deleted.
 *
 * @param file its path in the folder of recordings
 * @param start when its first picture was taken
 * @param end when its last picture had ended
 * @param sha256 of its bytes as the index had it; null where it was not known
 * @param successor what took its place; null where nothing did
 */
public record DeletedFile(
    String file,
    CameraId camera,
    Instant start,
    Instant end,
    long bytes,
    @Nullable String sha256,
    DeletionReason reason,
    Instant deletedAt,
    @Nullable Successor successor) {
  /** The file with the key frames of one that was thinned. */
  public record Successor(String file, long bytes, String sha256) {
    public Successor {
      requireNonNull(file);
      requireNonNull(sha256);
    }
  }

  public DeletedFile {
    requireNonNull(file);
    requireNonNull(camera);
    requireNonNull(start);
    requireNonNull(end);
    requireNonNull(reason);
    requireNonNull(deletedAt);
  }

  /** Returns the line by which a signed record vouches for the file, with its end. */
  String line() {
    return String.join(
        " ",
        file,
        Long.toString(bytes),
        sha256 == null ? "-" : sha256,
        reason.name(),
        start.toString(),
        end.toString(),
        deletedAt
            + (successor == null
                ? ""
                : " " + successor.file() + " " + successor.bytes() + " " + successor.sha256())
            + "\n");
  }
}
