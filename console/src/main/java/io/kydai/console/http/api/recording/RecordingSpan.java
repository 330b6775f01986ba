package io.kydai.console.http.api.recording;

import io.kydai.console.config.camera.CameraConfig;
import io.kydai.console.http.answer.Problem;
import io.kydai.console.http.api.camera.CameraPlaces;
import io.kydai.console.http.contract.ApiCall;
import io.kydai.console.users.Permission;
import io.kydai.ingest.source.CameraId;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A span of a camera's past; {@code to} is after {@code from}.
 *
 * @param cut whether its beginning is that of the caller's right, before which nothing is shown
 */
record RecordingSpan(Instant from, Instant to, boolean cut) {
  private static final Pattern BASIC =
      Pattern.compile("(\\d{4})(\\d\\d)(\\d\\d)T(\\d\\d)(\\d\\d)(\\d\\d(?:\\.\\d{1,9})?)Z");

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
    Instant from = time(call, "from");
    Instant to = time(call, "to");
    return visible(call, camera, of(from, to, longest));
  }

  private static Instant time(ApiCall call, String name) {
    String text = call.text(name).orElseThrow(() -> Problem.of(400, "'" + name + "' is missing."));
    Matcher basic = BASIC.matcher(text);
    return ApiCall.time(name, basic.matches() ? basic.replaceFirst("$1-$2-$3T$4:$5:$6Z") : text);
  }

  /**
   * Returns a time as it is in addresses within playlists: in the basic format of ISO 8601, which
   * has no colon. shaka-player takes what stands before one for a scheme.
   */
  static String basic(Instant time) {
    return time.toString().replace("-", "").replace(":", "");
  }

  /**
   * Returns what a caller may see of a span of a camera's past.
   *
   * @throws Problem 404 where it is nothing
   */
  static RecordingSpan visible(ApiCall call, CameraConfig camera, RecordingSpan asked) {
    Instant visible =
        call.caller().since(Permission.HISTORY, CameraPlaces.of(camera)).orElse(Instant.MAX);
    if (!visible.isBefore(asked.to())) {
      throw nothing(camera.id());
    }
    return visible.isAfter(asked.from()) ? new RecordingSpan(visible, asked.to(), true) : asked;
  }

  /**
   * Returns the beginning of the step that a moment is in.
   *
   * @param after whether it is the next step where the moment is not the beginning of one
   */
  static Instant stepAt(Instant time, Duration step, boolean after) {
    long length = step.toSeconds();
    Instant begin = Instant.ofEpochSecond(Math.floorDiv(time.getEpochSecond(), length) * length);
    return after && begin.isBefore(time) ? begin.plus(step) : begin;
  }

  static Problem nothing(CameraId camera) {
    return Problem.of(404, "Nothing was recorded of camera " + camera + " in this span.");
  }
}
