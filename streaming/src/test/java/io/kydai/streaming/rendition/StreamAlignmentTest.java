package io.kydai.streaming.rendition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.kydai.ingest.media.WallClockSource;
import io.kydai.streaming.live.event.LiveEvent.Alignment;
import io.kydai.streaming.live.event.LiveEvent.Alignment.Basis;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class StreamAlignmentTest {
  /** The second stream was connected 100 s after the analysed one. */
  private static final Duration LATER = Duration.ofSeconds(100);

  private static final long LATER_TICKS = 9_000_000;
  private final StreamAlignment alignment = new StreamAlignment();
  private final TwoStreams streams = new TwoStreams(LATER);

  @Test
  void senderReportsDecideWhateverTheDelaysAre() {
    Alignment found =
        run(4, Duration.ofMillis(40), Duration.ofMillis(700), WallClockSource.SENDER_REPORT);

    assertThat(found.basis()).isEqualTo(Basis.SENDER_REPORTS);
    assertThat(found.offset()).isEqualTo(LATER_TICKS);
  }

  @Test
  void withoutReportsItIsTheArrivalsAndOffByTheDifferenceOfTheDelaysOnly() {
    Alignment found =
        run(4, Duration.ofMillis(40), Duration.ofMillis(140), WallClockSource.ARRIVAL);

    assertThat(found.basis()).isEqualTo(Basis.ARRIVAL);
    assertThat(found.offset()).isCloseTo(LATER_TICKS + 9_000, within(1L));
  }

  @Test
  void oneStreamsReportsAreNotComparedWithTheOthersArrivals() {
    Alignment found = new Alignment(Basis.NONE, 0);
    for (int at = 0; at < 100; at++) {
      Duration taken = LATER.plusMillis(40L * at);
      alignment.analysed(
          streams.analysed(taken, taken, WallClockSource.SENDER_REPORT),
          taken.plusMillis(50).toNanos());
      found =
          alignment.second(
              streams.second(taken, taken.plusMillis(900), WallClockSource.ARRIVAL),
              taken.plusMillis(80).toNanos());
    }

    assertThat(found.basis()).isEqualTo(Basis.ARRIVAL);
    assertThat(found.offset()).isCloseTo(LATER_TICKS + 2_700, within(1L));
  }

  @Test
  void reportsThatContradictTheArrivalsByMoreThanASecondAreNotBelieved() {
    Alignment found =
        run(4, Duration.ofMillis(40), Duration.ofMillis(1_100), WallClockSource.SENDER_REPORT);

    assertThat(found).isEqualTo(new Alignment(Basis.NONE, 0));
  }

  @Test
  void itIsUnknownBeforeASecondOfArrivalsAndWhileTheAnalysedStreamIsSilent() {
    assertThat(run(0, Duration.ZERO, Duration.ZERO, WallClockSource.ARRIVAL).basis())
        .isEqualTo(Basis.NONE);
    assertThat(run(2, Duration.ZERO, Duration.ZERO, WallClockSource.ARRIVAL).basis())
        .isEqualTo(Basis.ARRIVAL);

    Duration silent = LATER.plusSeconds(20);
    Alignment found =
        alignment.second(streams.second(silent, silent, WallClockSource.ARRIVAL), silent.toNanos());

    assertThat(found.basis()).isEqualTo(Basis.NONE);
  }

  @Test
  void aBurstOfOldPicturesAtTheBeginningDoesNotCount() {
    for (int at = 0; at < 100; at++) {
      Duration taken = LATER.plusMillis(40L * at);
      alignment.analysed(streams.analysed(taken, taken, WallClockSource.ARRIVAL), taken.toNanos());
    }
    Duration connected = LATER.plusSeconds(2);
    Alignment found = new Alignment(Basis.NONE, 0);
    for (int at = 0; at < 100; at++) {
      Duration taken = LATER.plusMillis(40L * at);
      Duration arrived = taken.compareTo(connected) < 0 ? connected : taken;
      found =
          alignment.second(
              streams.second(taken, taken, WallClockSource.ARRIVAL), arrived.toNanos());
    }

    assertThat(found).isEqualTo(new Alignment(Basis.ARRIVAL, LATER_TICKS));
  }

  /** Sends both streams for some seconds, and returns the alignment of the last picture. */
  private Alignment run(
      int seconds, Duration delay, Duration secondDelay, WallClockSource reported) {
    Alignment found = new Alignment(Basis.NONE, 0);
    for (int at = 0; at <= seconds * 25; at++) {
      Duration taken = LATER.plusMillis(40L * at);
      alignment.analysed(streams.analysed(taken, taken, reported), taken.plus(delay).toNanos());
      found =
          alignment.second(
              streams.second(taken, taken, reported), taken.plus(secondDelay).toNanos());
    }
    return found;
  }
}
