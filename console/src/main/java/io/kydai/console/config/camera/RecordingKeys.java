package io.kydai.console.config.camera;

import static io.kydai.models.document.Key.key;

import io.kydai.analytics.rules.settings.Schedule;
import io.kydai.models.document.Section;
import io.kydai.models.document.Shape;
import io.kydai.models.document.ValueType;
import io.kydai.models.document.Values;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;

/** The keys of what of a camera is recorded. */
final class RecordingKeys {
  private static final int MAX_WINDOW = 100;
  private static final int MAX_WINDOWS = 50;
  private static final Duration MOST_BEFORE = Duration.ofSeconds(60);
  private static final Duration MOST_AFTER = Duration.ofMinutes(10);

  private static final ValueType<String> WINDOW =
      ValueType.text(MAX_WINDOW)
          .as(
              (text, at) ->
                  at.made(() -> Schedule.parse(List.of(text), ZoneOffset.UTC)).map(right -> text),
              text -> text)
          .saying(Schedule.RIGHT);

  static final Shape<RecordingConfig> SHAPE =
      Shape.of(
              RecordingConfig.class,
              key(
                      "recording",
                      ValueType.choice(RecordingMode.class),
                      "what is recorded: everything, what is in `recording-times`, or what is around"
                          + " alerts; see [recording.md](recording.md)")
                  .into("mode")
                  .otherwise(RecordingMode.OFF)
                  .unwrittenByDefault(),
              key(
                      "recording-streams",
                      ValueType.choice(RecordedStreams.class),
                      "which streams of a camera with a `second-url` are recorded: the `main` stream,"
                          + " the `sub`-stream or `both`; see"
                          + " [recording.md](recording.md#two-streams)")
                  .into("streams")
                  .shown("that in `url`"),
              key(
                      "recording-times",
                      ValueType.list(WINDOW, MAX_WINDOWS),
                      "the windows of the week for `recording: schedule`, such as `[\"mon-fri"
                          + " 06:00-22:00\"]`, in the site's time zone")
                  .into("times")
                  .otherwise(List.of())
                  .unwrittenByDefault()
                  .shown("none"),
              key(
                      "recording-pre-roll",
                      ValueType.duration(MOST_BEFORE),
                      "what `recording: alerts` records before an alert began")
                  .into("before")
                  .otherwise(Duration.ofSeconds(10))
                  .unwrittenByDefault(),
              key(
                      "recording-post-roll",
                      ValueType.duration(MOST_AFTER),
                      "what `recording: alerts` records after an alert ended; further alerts extend"
                          + " it")
                  .into("after")
                  .otherwise(Duration.ofSeconds(30))
                  .unwrittenByDefault(),
              key(
                      "recording-audio",
                      ValueType.flag(),
                      "whether the camera's sound is recorded beside its pictures; in many countries"
                          + " speech may not be, and so it is off")
                  .into("audio")
                  .otherwise(false)
                  .unwrittenByDefault())
          .check(RecordingKeys::check);

  private RecordingKeys() {}

  private static void check(Values values, Section section) {
    boolean needsTimes =
        values.find("recording", RecordingMode.class).orElse(RecordingMode.OFF)
            == RecordingMode.SCHEDULE;
    boolean areMissing =
        values.find("recording-times", Object.class).filter(List.of()::equals).isPresent();
    if (needsTimes && areMissing) {
      section
          .place("recording-times")
          .wrong("'recording: schedule' needs at least one window, such as mon-fri 06:00-22:00");
    }
  }
}
