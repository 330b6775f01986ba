package io.kydai.console.http.hls;

import static org.assertj.core.api.Assertions.assertThat;

import io.kydai.console.TestClock;
import io.kydai.streaming.live.hls.HlsStream;
import io.kydai.streaming.live.hls.HlsStreams;
import io.kydai.streaming.live.hls.Reload;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Playlists of cameras of every pace, picture by picture, held against the rules. */
@Tag("sqlite")
class LiveRulesTest {
  private final PacedCamera camera = new PacedCamera(40);
  private final LiveRules rules = new LiveRules(List.of());
  private final HlsStream stream =
      new HlsStreams(camera::watch, new TestClock(PacedCamera.START))
          .open(PacedCamera.ID)
          .orElseThrow();
  private ReadPlaylist newest;
  private int versions;

  private Optional<String> text(boolean skip) throws Exception {
    CompletableFuture<Optional<String>> text = stream.playlist(Reload.NOW, skip, Instant.EPOCH);
    return text.isDone() ? text.get() : Optional.empty();
  }

  /** Sends pictures, and checks the playlist, in turns the whole and what has changed. */
  private void send(int pictures, double millis, int group) throws Exception {
    for (int i = 0; i < pictures; i++) {
      camera.picture(millis, group);
      check();
    }
  }

  private void check() throws Exception {
    Optional<String> text = text(versions % 3 == 1);
    if (text.isPresent()) {
      versions++;
      newest = rules.check(text.get());
      assertThat(rules.broken()).as(text.get()).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "40, 50",
    "40, 25",
    "40, 100",
    "40, 112",
    "40, 250",
    "33.3333, 30",
    "33.3667, 60",
    "66.6667, 15",
    "80, 12",
    "100, 20",
    "100, 300",
    "160, 10",
    "200, 5",
    "250, 16",
    "400, 5",
    "500, 8",
    "1000, 4",
    "1400, 3",
    "2000, 1",
    "16.6667, 120",
    "8.3333, 240"
  })
  void everyPaceKeepsToTheRules(double millis, int group) throws Exception {
    send((int) (90_000 / millis), millis, group - 1);
    assertThat(newest.first()).isGreaterThan(0);
    assertThat(newest.skipped() + newest.segments().size()).isGreaterThan(7);
    boolean slow = millis > 1_500;
    assertThat(newest.segments().get(newest.segments().size() - 1).parts().isEmpty())
        .isEqualTo(slow);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
  void whateverACameraDoesKeepsToTheRules(long seed) throws Exception {
    Random chance = new Random(seed);
    if (chance.nextInt(4) == 0) {
      camera.reordered();
    }
    double[] paces = {
      20, 33.3333, 40, 40, 40, 66.6667, 80, 100, 160, 200, 330, 500, 900, 3000, 6000
    };
    for (int stretch = 0; stretch < 60; stretch++) {
      double pace = paces[chance.nextInt(paces.length)];
      int group = 1 + chance.nextInt(chance.nextBoolean() ? 60 : 400);
      double jitter = chance.nextInt(3) * 0.12;
      for (int i = 0; i < 1 + chance.nextInt(120) && i * pace < 20_000; i++) {
        send(1, pace * (1 + jitter * (chance.nextDouble() - 0.5)), group);
      }
      switch (chance.nextInt(6)) {
        case 0 -> camera.breakOff();
        case 1 -> camera.change();
        case 2 -> send(1, 200 + chance.nextInt(9_000), group);
        default -> {}
      }
    }
    assertThat(versions).isGreaterThan(100);
    camera.end();
    check();
    assertThat(newest.ended()).isTrue();
  }

  @Test
  void aGapAndOtherParametersAreDiscontinuitiesWithMaps() throws Exception {
    send(200, 40, 49);
    camera.breakOff();
    send(100, 40, 49);
    camera.change();
    send(100, 40, 49);
    List<ReadPlaylist.Segment> broken =
        newest.segments().stream().filter(ReadPlaylist.Segment::discontinuity).toList();
    assertThat(broken).hasSize(2).allMatch(ReadPlaylist.Segment::ownMap);
    assertThat(broken.get(0).map()).isNotEqualTo(broken.get(1).map());
    assertThat(text(false).orElseThrow()).doesNotContain("EXT-X-GAP");
  }

  @Test
  void segmentsAreTheirPartsAndWhatLeftTheListIsThereForAWhile() throws Exception {
    send(100, 40, 49);
    ReadPlaylist early = newest;
    ReadPlaylist.Segment segment = early.segments().get(0);
    assertThat(bytes(segment.address()))
        .isPositive()
        .isEqualTo(segment.parts().stream().mapToInt(part -> bytes(part.address())).sum());
    send(25 * 40, 40, 49);
    assertThat(newest.first()).isGreaterThan(segment.sequence());
    assertThat(bytes(segment.address())).isPositive();
    segment.parts().forEach(part -> assertThat(bytes(part.address())).isPositive());
    send(25 * 60, 40, 49);
    assertThat(bytes(segment.address())).isZero();
    assertThat(bytes(segment.parts().get(0).address())).isZero();
  }

  private int bytes(String address) {
    String name = address.substring("media/".length());
    return stream.media(name, Instant.EPOCH).join().map(media -> media.size()).orElse(0);
  }

  @Test
  void aQuestionWaitsForWhatItNames() throws Exception {
    send(80, 40, 49);
    ReadPlaylist.Segment open = newest.segments().get(newest.segments().size() - 1);
    assertThat(open.address()).isEmpty();
    CompletableFuture<Optional<String>> next =
        stream.playlist(new Reload(open.sequence(), open.parts().size()), true, Instant.EPOCH);
    String hint = newest.hints().get(0);
    CompletableFuture<?> part = stream.media(hint.substring("media/".length()), Instant.EPOCH);
    CompletableFuture<Optional<String>> whole =
        stream.playlist(new Reload(open.sequence(), -1), false, Instant.EPOCH);
    assertThat(next).isNotDone();
    assertThat(part).isNotDone();
    send(8, 40, 49);
    assertThat(next.get().orElseThrow()).contains("URI=\"" + hint + "\"");
    assertThat(part).isDone();
    assertThat(whole).isNotDone();
    send(50, 40, 49);
    assertThat(whole.get().orElseThrow()).contains("segment" + open.sequence() + ".mp4");
    // Behind the last part of a segment: the first of the next one.
    CompletableFuture<Optional<String>> behind =
        stream.playlist(new Reload(open.sequence(), 500), false, Instant.EPOCH);
    assertThat(behind).isDone();
  }

  @Test
  void whoseRightBeganSeesWhatCameSince() throws Exception {
    send(25 * 10, 40, 49);
    Instant since = camera.now();
    ReadPlaylist.Segment old = newest.segments().get(0);
    CompletableFuture<Optional<String>> text = stream.playlist(Reload.NOW, false, since);
    assertThat(text).isNotDone();
    assertThat(stream.media(old.address().substring("media/".length()), since).get()).isEmpty();
    assertThat(stream.media(old.parts().get(0).address().substring("media/".length()), since).get())
        .isEmpty();
    send(100, 40, 49);
    ReadPlaylist seen = ReadPlaylist.of(text.get().orElseThrow(), wrong -> {});
    assertThat(Instant.parse(seen.segments().get(0).date())).isAfterOrEqualTo(since);
    assertThat(seen.first()).isGreaterThan(old.sequence());
  }

  @Test
  void aCameraOfManyBitsHasAShorterListAndNoMoreMemory() throws Exception {
    PacedCamera large = new PacedCamera(200_000);
    HlsStreams streams = new HlsStreams(large::watch, new TestClock(PacedCamera.START));
    HlsStream of = streams.open(PacedCamera.ID).orElseThrow();
    for (int i = 0; i < 25 * 60; i++) {
      large.picture(40, 49);
      // Of the open segment, 4.4 s may come on top.
      assertThat(streams.bytes()).isLessThan((48L << 20) + 200_300L * 110);
    }
    String text = of.playlist(Reload.NOW, false, Instant.EPOCH).get().orElseThrow();
    ReadPlaylist read = ReadPlaylist.of(text, wrong -> {});
    assertThat(read.segments()).hasSizeBetween(3, 6);
  }

  @Test
  void aStreamThatNobodyAsksForEnds() {
    TestClock clock = new TestClock(PacedCamera.START);
    int[] watching = {0};
    HlsStreams streams =
        new HlsStreams(
            (id, subscriber) -> {
              watching[0]++;
              return Optional.of(() -> watching[0]--);
            },
            clock);
    streams.open(PacedCamera.ID);
    clock.advance(Duration.ofSeconds(29));
    streams.expire();
    assertThat(streams.find(PacedCamera.ID)).isPresent();
    clock.advance(Duration.ofSeconds(29));
    streams.expire();
    assertThat(watching[0]).isEqualTo(1);
    clock.advance(Duration.ofSeconds(2));
    streams.expire();
    assertThat(watching[0]).isZero();
    assertThat(streams.find(PacedCamera.ID)).isEmpty();
  }

  @Test
  void theRulesFindWhatIsBroken() throws Exception {
    send(25 * 60, 40, 49);
    String good = text(false).orElseThrow();
    String delta = text(true).orElseThrow();
    assertThat(delta).contains("EXT-X-SKIP").hasSizeLessThan(good.length());
    assertThat(broken(good, good, delta)).isEmpty();
    String lastSegment = good.replaceAll("(?s).*?\n([^\n]*segment[^\n]*)\n(?!.*segment).*", "$1");
    for (String[] one :
        new String[][] {
          {"4.4.1.1", good.replace("#EXTM3U\n", "")},
          {"4.4.3.1", good.replaceAll("DURATION:4", "DURATION:1")},
          {"4.4.3.7", good.replaceAll("#EXT-X-PART-INF.*\n", "")},
          {"4.4.3.8", good.replace("CAN-BLOCK-RELOAD=YES,", "")},
          {"4.4.3.8", good.replaceAll("PART-HOLD-BACK=[0-9.]+", "PART-HOLD-BACK=0.7")},
          {"4.4.3.8", good.replace(",HOLD-BACK=12.0", ",HOLD-BACK=11.9")},
          {"4.4.3.8", good.replace("CAN-SKIP-UNTIL=24.0", "CAN-SKIP-UNTIL=23.9")},
          {"4.4.4.9", good.replaceFirst("PART:DURATION=0.24", "PART:DURATION=0.28")},
          {"4.4.4.9", good.replaceAll("PART-TARGET=[0-9.]+", "PART-TARGET=0.400")},
          {"4.4.4.1", good.replaceFirst("#EXTINF.*\n", "")},
          {"3.1.2", good.replaceAll("#EXT-X-MAP.*\n", "")},
          {"6.2.1", good.replaceFirst("\n#EXTINF:2", "\n#EXT-X-DISCONTINUITY\n#EXTINF:2")},
          {"4.4: ", good.replaceFirst("\n#EXTINF", "\n#EXT-X-GAP\n#EXTINF")},
          {"8", good.replace("VERSION:6", "VERSION:9")},
          {"8", delta.replace("VERSION:9", "VERSION:6")},
          {"6.2.1", good.replace(lastSegment, "media/other.mp4")},
          {"6.2.2", good.replaceAll("MEDIA-SEQUENCE:\\d+", "MEDIA-SEQUENCE:1")},
          {"6.2.2", good.replace("DISCONTINUITY-SEQUENCE:0", "DISCONTINUITY-SEQUENCE:1")},
          {"6.2.2", good.replaceAll("#EXT-X-PART:.*\n", "")},
          {"6.2.5.1", delta.replaceAll("SKIPPED-SEGMENTS=\\d+", "SKIPPED-SEGMENTS=90")},
          {"4.4.5.3", good.replaceAll("(HINT:TYPE=PART,URI=\"[^\"]*part)\\d+", "$19")},
          {"6.2.6", good.replaceAll("(#EXT-X-PRELOAD-HINT.*\n)", "$1$1")},
          {"6.2.1", good.replaceAll("DATE-TIME:2026-11-29T08:00:5", "DATE-TIME:2026-11-29T09:00:5")}
        }) {
      assertThat(one[1]).as(one[0]).isNotEqualTo(good).isNotEqualTo(delta);
      assertThat(broken(good, one[1])).as(one[1]).anyMatch(rule -> rule.startsWith(one[0]));
    }
    LiveRules two = new LiveRules(List.of("sub.m3u8"));
    two.check(good);
    assertThat(two.broken()).anyMatch(rule -> rule.startsWith("4.4.5.4"));
  }

  private static List<String> broken(String... versions) {
    LiveRules rules = new LiveRules(List.of());
    for (String version : versions) {
      rules.check(version);
    }
    return rules.broken();
  }
}
