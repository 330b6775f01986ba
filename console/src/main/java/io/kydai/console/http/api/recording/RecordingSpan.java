package io.kydai.console.http.api.recording;

import io.kydai.console.config.camera.CameraConfig;
import io.kydai.console.http.answer.Problem;
import io.kydai.console.http.api.camera.CameraPlaces;
import io.kydai.console.http.contract.ApiCall;
import io.kydai.console.users.Permission;
import io.kydai.ingest.source.CameraId;
import java.time.Duration;
import java.time.Instant;

/**
 * A span of a camera's past; {@code to} is after {@code from}.
 *
 * @param cut whether its beginning is that of the caller's right, before which nothing is shown
 */
record RecordingSpan(Instant from, Instant to, boolean cut) {
  /** Of what is played in one piece. */
  static final Duration LONGEST_VIDEO = Duration.ofHours(3);

  /**
   * @throws Problem 400 for a span that makes no sense
   */
  static RecordingSpan of(Instant from, Instant to, Duration longest) {
    if (!to.isAfter(from)) {
      throw Problem.of(400, "'to' must be after 'from'.");
    }
    if (Duration.between(from, to).compareTo(longest) > 0) {
      throw Problem.of(400, "'from' to 'to' may span at most " + longest.toHours() + " hours.");
    }
    return new RecordingSpan(from, to, false);
  }

  /**
   * Returns what a caller asks for and may see of a camera's past.
   *
   * @throws Problem 400 for a span that makes no sense, 404 where nothing of it may be seen
   */
  static RecordingSpan asked(ApiCall call, CameraConfig camera, Duration longest) {
    Instant from = call.time("from").orElseThrow(() -> Problem.of(400, "'from' is missing."));
    Instant to = call.time("to").orElseThrow(() -> Problem.of(400, "'to' is missing."));
    RecordingSpan asked = of(from, to, longest);
    Instant visible =
        call.caller().since(Permission.HISTORY, CameraPlaces.of(camera)).orElse(Instant.MAX);
    if (!visible.isBefore(asked.to())) {
      throw nothing(camera.id());
    }
    return visible.isAfter(asked.from()) ? new RecordingSpan(visible, asked.to(), true) : asked;
  }

  static Problem nothing(CameraId camera) {
    return Problem.of(404, "Nothing was recorded of camera " + camera + " in this span.");
  }
}
