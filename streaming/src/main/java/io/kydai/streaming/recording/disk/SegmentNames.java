package io.kydai.streaming.recording.disk;

import io.kydai.ingest.source.CameraId;
import io.kydai.ingest.source.StreamRole;
import io.kydai.streaming.recording.index.RecordedStream;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The paths of recorded files: {@code CAMERA/2026-11-29/20261129T010203.456Z.mp4}, by the time of
 * the first picture in UTC, so that they sort by it. Where a clock was set back and the name is
 * taken, {@code -2} and so on follow the time. A file of a sub-stream ends in {@code .sub.mp4}; one
 * that was thinned to its key frames in {@code .key.mp4}, or {@code .sub.key.mp4}.
 */
public final class SegmentNames {
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("uuuu-MM-dd", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss.SSS'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final Pattern FILE =
      Pattern.compile(
          "([a-z0-9][a-z0-9_-]{0,62})/\\d{4}-\\d\\d-\\d\\d/\\d{8}T\\d{6}\\.\\d{3}Z(-\\d{1,9})?(\\.sub)?(\\.key)?\\.mp4");
  private static final Pattern NUMBER =
      Pattern.compile("Z-(\\d{1,8})(?:\\.sub)?(?:\\.key)?\\.mp4$");

  private static final String WHOLE = ".mp4";
  private static final String SUB = ".sub.mp4";
  private static final String THINNED = ".key.mp4";

  private SegmentNames() {}

  /** Returns the path of what is left of a file when it was thinned to its key frames. */
  public static String thinned(String path) {
    return path.substring(0, path.length() - WHOLE.length()) + THINNED;
  }

  /** Returns whether a path is that of a file that was thinned to its key frames. */
  public static boolean isThinned(String path) {
    return path.endsWith(THINNED);
  }

  /** Returns the path of the file of a camera's main or only stream that begins at a time. */
  public static String of(CameraId camera, Instant start) {
    return of(RecordedStream.main(camera), start);
  }

  /** Returns the path of the file that begins at a time. */
  public static String of(RecordedStream stream, Instant start) {
    return stream.camera()
        + "/"
        + DAY.format(start)
        + "/"
        + TIME.format(start)
        + (stream.role() == StreamRole.SUB ? SUB : WHOLE);
  }

  /**
   * Returns a path for a file whose own is taken, which no file has. Reads the day's folder once,
   * however many there are. To be called on the disk's thread.
   *
   * @param taken a path as {@link #of} returns it
   */
  public static String another(Path root, String taken) throws IOException {
    Path first = root.resolve(taken);
    String name = first.getFileName().toString();
    String stem = name.substring(0, name.indexOf('Z') + 1);
    int highest = 1;
    try (DirectoryStream<Path> alike =
        Files.newDirectoryStream(first.resolveSibling(""), stem + "-*.mp4")) {
      for (Path one : alike) {
        Matcher matcher = NUMBER.matcher(one.getFileName().toString());
        if (matcher.find()) {
          highest = Math.max(highest, Integer.parseInt(matcher.group(1)));
        }
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    return taken.replace(stem, stem + "-" + (highest + 1));
  }

  /** Returns the camera of a path in the folder of recordings; empty when it is no recording. */
  public static Optional<CameraId> camera(String path) {
    Matcher matcher = FILE.matcher(path);
    return matcher.matches() ? Optional.of(new CameraId(matcher.group(1))) : Optional.empty();
  }
}
