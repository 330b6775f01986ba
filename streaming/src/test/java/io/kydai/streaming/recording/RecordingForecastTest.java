package io.kydai.streaming.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.kydai.ingest.source.CameraId;
import io.kydai.ingest.source.StreamRole;
import io.kydai.streaming.recording.index.RecordedDay;
import io.kydai.streaming.recording.retention.RecordingForecast;
import io.kydai.streaming.recording.retention.RetentionAges;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** When the recordings will have no room. */
class RecordingForecastTest {
  private static final Instant NOW = Instant.parse("2026-11-29T00:00:00Z");
  private static final CameraId GATE = new CameraId("gate");

  private static RecordingForecast forecast(int keepDays, List<RecordedDay> days) {
    return new RecordingForecast(
        days, camera -> RetentionAges.keeping(Duration.ofDays(keepDays)), NOW);
  }

  private static RecordedDay day(long age, long bytes, Duration ago) {
    return new RecordedDay(GATE, StreamRole.MAIN, age, bytes, 0, NOW.minus(ago));
  }

  /** A camera that recorded 100 bytes on each of some days. */
  private static List<RecordedDay> days(long count) {
    return LongStream.range(0, count)
        .mapToObj(age -> day(age, 100, Duration.ofDays(age + 1)))
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
        List.of(day(0, 100, Duration.ofDays(1)), day(2, 1000, Duration.ofDays(3)));
    // 100 come on the first day and 1,000 go; then it grows to its three days of 100.
    assertThat(forecast(3, days).fullInDays(50)).isEmpty();
    assertThat(forecast(3, days.subList(0, 1)).fullInDays(150)).hasValue(1.5);
  }

  @Test
  void anHourIsEnoughToSayAndAMinuteIsNot() {
    RecordedDay hour = day(0, 100, Duration.ofHours(1));
    assertThat(forecast(30, List.of(hour)).bytesPerDay()).hasValue(2400);
    assertThat(forecast(30, List.of(hour)).fullInDays(4800).getAsDouble())
        .isCloseTo(2, within(1e-6));
    RecordedDay minute = day(0, 100, Duration.ofMinutes(1));
    assertThat(forecast(30, List.of(minute)).bytesPerDay()).isEmpty();
    assertThat(forecast(30, List.of(minute)).fullInDays(1)).isEmpty();
    assertThat(forecast(30, List.of()).fullInDays(1)).isEmpty();
  }

  /** Two whole days of 100 bytes; of those before, thinning has left 20 each. */
  private static List<RecordedDay> thinnedAfterTwo(long count) {
    return LongStream.range(0, count)
        .mapToObj(
            age ->
                new RecordedDay(
                    GATE,
                    StreamRole.MAIN,
                    age,
                    age < 2 ? 100 : 20,
                    age < 2 ? 0 : 20,
                    NOW.minus(Duration.ofDays(age + 1))))
        .toList();
  }

  private static RecordingForecast thinning(List<RecordedDay> days) {
    RetentionAges ages = new RetentionAges(Duration.ofDays(10), Duration.ofDays(2), null);
    return new RecordingForecast(days, camera -> ages, NOW);
  }

  @Test
  void whatWillBeThinnedMakesRoom() {
    assertThat(thinning(thinnedAfterTwo(10)).fullInDays(1)).as("as much goes as comes").isEmpty();
    assertThat(thinning(thinnedAfterTwo(4)).fullInDays(121)).as("six days of 20").isEmpty();
    assertThat(thinning(thinnedAfterTwo(4)).fullInDays(119).getAsDouble())
        .isCloseTo(5.95, within(1e-6));
    assertThat(thinning(days(4)).fullInDays(599))
        .as("nobody knows yet what is left")
        .hasValue(5.99);
  }

  @Test
  void whatIsDueForThinningIsThinnedOnTheFirstDay() {
    List<RecordedDay> days =
        Stream.concat(
                thinnedAfterTwo(3).stream(),
                Stream.of(day(3, 100, Duration.ofDays(4)), day(4, 100, Duration.ofDays(5))))
            .toList();
    // 100 come, and of two old days and the one that is due by now 80 each go; then 20 a day.
    assertThat(thinning(days).fullInDays(0)).hasValue(0);
    assertThat(thinning(days).fullInDays(1)).isEmpty();
  }

  @Test
  void eachStreamHasItsDays() {
    List<RecordedDay> both =
        Stream.of(StreamRole.values())
            .map(role -> new RecordedDay(GATE, role, 0, 100, 0, NOW.minus(Duration.ofDays(1))))
            .toList();
    RetentionAges ages = new RetentionAges(Duration.ofDays(1), Duration.ofDays(3), null, null);
    // The main stream goes as it comes; the sub-stream grows to its three days.
    RecordingForecast forecast = new RecordingForecast(both, camera -> ages, NOW);
    assertThat(forecast.bytesPerDay()).hasValue(200);
    assertThat(forecast.fullInDays(201)).isEmpty();
    assertThat(forecast.fullInDays(199).getAsDouble()).isCloseTo(1.99, within(1e-6));
  }
}
