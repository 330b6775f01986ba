package io.kydai.console.config.camera;

import static java.util.Objects.requireNonNull;

import io.kydai.analytics.rules.settings.Schedule;
import io.kydai.ingest.source.StreamRole;
import io.kydai.streaming.recording.CameraRecording;
import io.kydai.streaming.recording.RecordingPlan;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What of a camera's pictures is recorded.
 *
 * @param streams of a camera that has two; null for the one that is analysed
 * @param times windows of the week such as {@code mon-fri 06:00-22:00}, for {@link
 *     RecordingMode#SCHEDULE}
 * @param before what is recorded before an alert began, for {@link RecordingMode#ALERTS}
 * @param after what is recorded after an alert ended, for {@link RecordingMode#ALERTS}
 * @param audio whether the camera's sound is recorded beside its pictures
 */
public record RecordingConfig(
    RecordingMode mode,
    @Nullable RecordedStreams streams,
    List<String> times,
    Duration before,
    Duration after,
    boolean audio) {
  /** Nothing is recorded. */
  public static final RecordingConfig DEFAULT = RecordingKeys.SHAPE.defaults();

  public RecordingConfig {
    requireNonNull(mode);
    requireNonNull(before);
    requireNonNull(after);
    times = List.copyOf(times);
  }

  /**
   * Returns what is recorded; empty where nothing is.
   *
   * @param second the camera's second stream, or that it has none
   * @param zone in which the times are
   */
  Optional<CameraRecording> of(SecondStreamConfig second, ZoneId zone) {
    StreamRole analysed = second.analysedRole();
    boolean isAnalysed = streams == null || second.url() == null || streams.has(analysed);
    boolean isSecond = streams != null && second.url() != null && streams.has(second.role());
    return plan(zone)
        .map(
            plan ->
                new CameraRecording(
                    plan, isAnalysed ? analysed : null, isSecond ? second.role() : null, audio));
  }

  private Optional<RecordingPlan> plan(ZoneId zone) {
    return switch (mode) {
      case OFF -> Optional.empty();
      case CONTINUOUS -> Optional.of(new RecordingPlan.Continuous());
      case SCHEDULE -> Optional.of(new RecordingPlan.Scheduled(Schedule.parse(times, zone)));
      case ALERTS -> Optional.of(new RecordingPlan.AroundAlerts(before, after));
    };
  }
}
