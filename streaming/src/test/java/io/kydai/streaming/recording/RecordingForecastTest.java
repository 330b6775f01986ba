package io.kydai.streaming.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.kydai.ingest.source.CameraId;
import io.kydai.streaming.recording.index.RecordedDay;
import io.kydai.streaming.recording.retention.RecordingForecast;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** When the recordings will have no room. */
class RecordingForecastTest {
  private static final Instant NOW = Instant.parse("2026-11-29T00:00:00Z");
  private static final CameraId GATE = new CameraId("gate");

  private static RecordingForecast forecast(int keepDays, List<RecordedDay> days) {
    return new RecordingForecast(days, camera -> Duration.ofDays(keepDays), NOW);
  }

  /** A camera that recorded 100 bytes on each of some days. */
  private static List<RecordedDay> days(long count) {
    return LongStream.range(0, count)
        .mapToObj(age -> new RecordedDay(GATE, age, 100, NOW.minus(Duration.ofDays(age + 1))))
        .toList();
  }

  @Test
  void aDiskFillsAtTheRateOfTheLastDay() {
    RecordingForecast forecast = forecast(30, days(2));

    assertThat(forecast.bytesPerDay()).hasValue(100);
    assertThat(forecast.fullInDays(950)).hasValue(9.5);
    assertThat(forecast.fullInDays(0)).hasValue(0);
  }

  @Test
  void whereAsMuchBecomesTooOldAsComesItIsNeverFull() {
    assertThat(forecast(10, days(10)).fullInDays(1)).isEmpty();
    assertThat(forecast(10, days(4)).fullInDays(601)).as("six days to its ten").isEmpty();
    assertThat(forecast(10, days(4)).fullInDays(599)).hasValue(5.99);
  }

  @Test
  void whatWasMoreBeforeMakesRoom() {
    List<RecordedDay> days =
        List.of(
            new RecordedDay(GATE, 0, 100, NOW.minus(Duration.ofDays(1))),
            new RecordedDay(GATE, 2, 1000, NOW.minus(Duration.ofDays(3))));
    // 100 come on the first day and 1,000 go; then it grows to its three days of 100.
    assertThat(forecast(3, days).fullInDays(50)).isEmpty();
    assertThat(forecast(3, days.subList(0, 1)).fullInDays(150)).hasValue(1.5);
  }

  @Test
  void anHourIsEnoughToSayAndAMinuteIsNot() {
    RecordedDay hour = new RecordedDay(GATE, 0, 100, NOW.minus(Duration.ofHours(1)));
    assertThat(forecast(30, List.of(hour)).bytesPerDay()).hasValue(2400);
    assertThat(forecast(30, List.of(hour)).fullInDays(4800).getAsDouble())
        .isCloseTo(2, within(1e-6));
    RecordedDay minute = new RecordedDay(GATE, 0, 100, NOW.minus(Duration.ofMinutes(1)));
    assertThat(forecast(30, List.of(minute)).bytesPerDay()).isEmpty();
    assertThat(forecast(30, List.of(minute)).fullInDays(1)).isEmpty();
    assertThat(forecast(30, List.of()).fullInDays(1)).isEmpty();
  }
}
