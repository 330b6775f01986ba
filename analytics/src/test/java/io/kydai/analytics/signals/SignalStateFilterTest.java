package io.kydai.analytics.signals;

import static org.assertj.core.api.Assertions.assertThat;

import io.kydai.analytics.rules.settings.SignalFeed.Light;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Scripts of glances, a letter each: red, amber, green, dark (-) or unclear (?). */
class SignalStateFilterTest {
  private static final Instant BEGIN = Instant.parse("2026-11-23T05:00:00Z");

  private final SignalStateFilter belief = new SignalStateFilter();
  private long time;

  private String see(String glances, long ticks) {
    StringBuilder shown = new StringBuilder();
    for (char c : glances.toCharArray()) {
      time += ticks;
      belief.see(glance(c), time, wall(time));
      shown.append(letter(belief.at(wall(time)).map(SignalStateFilter.Change::light)));
    }
    return shown.toString();
  }

  private static Instant wall(long time) {
    return BEGIN.plusNanos(time * 100_000 / 9);
  }

  private static LampReading glance(char c) {
    return switch (c) {
      case 'R' -> LampReading.RED;
      case 'A' -> LampReading.AMBER;
      case 'G' -> LampReading.GREEN;
      case '-' -> LampReading.DARK;
      default -> LampReading.SEVERAL;
    };
  }

  private static char letter(Optional<Light> light) {
    return light.map(known -> known.name().charAt(0)).orElse('.');
  }

  @ParameterizedTest
  @CsvSource({
    // believed after 0.3 s; a change is nothing known in between
    "RRRRRR, ...RRR",
    "RRRRRGGGGGG, ...RR...GGG",
    "GGGGGAAAAARRRRR, ...GG...AA...RR",
    // red on green without amber takes a second
    "GGGGGRRRRRRRRRRRRR, ...GG..........RRR",
    // flicker is bridged, even where a half lit lamp is unclear
    "RRRRR--RRR-?-RRR, ...RRRRRRRRRRRRR",
    // one mistaken glance takes the word for that picture only
    "RRRRRRGRRRR, ...RRR.RRRR",
    // what is hidden is not known, and is seen anew
    "RRRRR-------RRRRR, ...RRRRRRR.....RR",
    // a lamp that flashes, 0.6 s off, never stays known
    "RRRRR------RRRRR------RRRRR, ...RRRRRRR....RRRRRRR....RR",
    // noise is nothing
    "RGARGAGRAGRARGA, ...............",
  })
  void tenPicturesASecond(String glances, String shown) {
    assertThat(see(glances, 9_000)).isEqualTo(shown);
  }

  @ParameterizedTest
  @CsvSource({"1800, 50", "3000, 30", "9000, 10", "30000, 3", "90000, 1"})
  void atEveryRateALightIsBelievedAndDatedFromWhenItWasFirstSeen(long ticks, int perSecond) {
    see("G".repeat(3 * perSecond + 2), ticks);
    see("A".repeat(3 * perSecond + 2), ticks);
    Instant first = wall(time + ticks);
    see("R".repeat(3 * perSecond + 2), ticks);
    assertThat(belief.at(wall(time))).contains(new SignalStateFilter.Change(Light.RED, first));
    // The past is as it was believed by now, not as it was said then.
    assertThat(belief.at(first).map(SignalStateFilter.Change::light)).contains(Light.RED);
    if (perSecond >= 3) {
      assertThat(belief.at(first.minusNanos(1)).map(SignalStateFilter.Change::light))
          .contains(Light.AMBER);
    }
    assertThat(belief.at(BEGIN)).isEmpty();
  }

  @Test
  void afterAGapNothingIsKnownUntilALightIsSeenAnew() {
    assertThat(see("RRRRR", 9_000)).endsWith("RR");
    assertThat(belief.at(wall(time).plusSeconds(1))).isPresent();
    assertThat(belief.at(wall(time).plusSeconds(3))).as("no picture for 3 s").isEmpty();
    time += 270_000;
    assertThat(see("RRRRR", 9_000)).isEqualTo("...RR");
  }

  @ParameterizedTest
  @ValueSource(longs = {-3_600_000, -1_500, -700, 700, 1_500, 3_600_000})
  void aClockThatIsSetDoesNotMakeARedLongerThanItWasSeen(long millis) {
    see("RRRRRRRRRR", 9_000);
    Instant set = wall(time).plusMillis(millis);
    for (int i = 1; i <= 10; i++) {
      time += 9_000;
      belief.see(LampReading.RED, time, set.plusMillis(100 * i));
    }
    Optional<SignalStateFilter.Change> now = belief.at(set.plusMillis(1_000));
    assertThat(now).isPresent();
    assertThat(now.get().since()).isAfterOrEqualTo(set);
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, 1, 27, 270})
  void aClockThatIsSetBackWithinAGapLeavesNoAnswerOfMinutesAgo(long gapTenths) {
    see("G".repeat(50) + "A".repeat(10) + "R".repeat(50), 9_000);
    Instant past = wall(time).minusSeconds(7);
    assertThat(belief.at(past).map(SignalStateFilter.Change::light)).contains(Light.GREEN);
    time += gapTenths * 9_000;
    for (int i = 0; i < 10; i++) {
      time += 9_000;
      belief.see(LampReading.DARK, time, past.plusMillis(100 * i - 900));
    }
    assertThat(belief.at(past)).isEmpty();
  }

  @Test
  void aSignalThatNeverChangesIsNotBelievedUntilItDoes() {
    String flickering = "RRRRRRRR--".repeat(59 * 10);
    assertThat(see(flickering, 9_000)).endsWith("RR");
    see("RRRRRRRRRR".repeat(13), 9_000);
    assertThat(belief.stuck()).isTrue();
    assertThat(belief.at(wall(time))).isEmpty();
    assertThat(see("GGGGGG", 9_000)).isEqualTo("...GGG");
  }

  @Test
  void nothingGrowsWithTime() {
    for (int i = 0; i < 1_000; i++) {
      see("RRRRGGGGAAAA", 9_000);
    }
    assertThat(belief.changes()).isLessThanOrEqualTo(SignalStateFilter.MAX_CHANGES);
  }
}
