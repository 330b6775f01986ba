package io.kydai.streaming.recording;

import io.kydai.ingest.source.CameraId;
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
 * taken, {@code -2} and so on follow the time.
 */
final class SegmentNames {
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("uuuu-MM-dd", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss.SSS'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final Pattern FILE =
      Pattern.compile(
          "([a-z0-9][a-z0-9_-]{0,62})/\\d{4}-\\d\\d-\\d\\d/\\d{8}T\\d{6}\\.\\d{3}Z(-\\d+)?\\.mp4");

  private SegmentNames() {}

  /** Returns a path in the folder of recordings that no file has. */
  static String fresh(Path root, CameraId camera, Instant start) {
    String stem = camera + "/" + DAY.format(start) + "/" + TIME.format(start);
    String name = stem + ".mp4";
    for (int i = 2; Files.exists(root.resolve(name)); i++) {
      name = stem + "-" + i + ".mp4";
    }
    return name;
  }

  /** Returns the camera of a path in the folder of recordings; empty when it is no recording. */
  static Optional<CameraId> camera(String path) {
    Matcher matcher = FILE.matcher(path);
    return matcher.matches() ? Optional.of(new CameraId(matcher.group(1))) : Optional.empty();
  }
}
