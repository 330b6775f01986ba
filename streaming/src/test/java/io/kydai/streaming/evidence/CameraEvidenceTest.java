package io.kydai.streaming.evidence;

import static io.kydai.streaming.SampleVideo.CAMERA;
import static io.kydai.streaming.SampleVideo.START;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kydai.analytics.alert.Alert;
import io.kydai.analytics.alert.AlertId;
import io.kydai.analytics.alert.RuleId;
import io.kydai.analytics.observation.Observation;
import io.kydai.analytics.observation.Timestamp;
import io.kydai.analytics.observation.Track;
import io.kydai.ingest.concurrent.SerialExecutor;
import io.kydai.ingest.media.AccessUnit;
import io.kydai.ingest.media.Codec;
import io.kydai.ingest.media.CodecParameters;
import io.kydai.ingest.media.MediaTime;
import io.kydai.ingest.media.WallClockSource;
import io.kydai.models.detection.Box;
import io.kydai.streaming.SampleVideo;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CameraEvidenceTest {
  @TempDir Path folder;

  private final BlockingQueue<EvidenceItem> heard = new LinkedBlockingQueue<>();
  private final List<Runnable> timers = new ArrayList<>();
  private final Map<EvidenceTally.Outcome, Integer> outcomes =
      new EnumMap<>(EvidenceTally.Outcome.class);
  private ClipWriter writer;
  private CameraEvidence evidence;

  @BeforeEach
  void open() {
    writer =
        new ClipWriter(
            new EvidenceFolder(folder), List.of(), (camera, alert, item) -> heard.add(item));
    EvidenceTally tally =
        new EvidenceTally() {
          @Override
          public synchronized void clip(Outcome outcome) {
            outcomes.merge(outcome, 1, Integer::sum);
          }

          @Override
          public void written(long bytes) {}
        };
    ClipTimer timer =
        (delay, task) -> {
          assertThat(delay).isEqualTo(Duration.ofSeconds(15));
          timers.add(task);
          return () -> timers.remove(task);
        };
    evidence =
        new CameraEvidence(
            new SerialExecutor("camera gate-1", Runnable::run),
            new EvidenceSettings(folder, Duration.ofSeconds(5), Duration.ofSeconds(5)),
            writer,
            timer,
            tally);
  }

  @AfterEach
  void close() {
    writer.close(Duration.ofSeconds(10));
  }

  @Test
  void aCameraThatFallsSilentMidClipEndsItWithWhatIsThere() throws Exception {
    evidence.add(unit(0, true));
    evidence.cut(alert("a"), 0);
    evidence.add(unit(1, false));
    assertThat(heard).isEmpty();

    timers.get(0).run();

    assertThat(heard.poll(30, TimeUnit.SECONDS).name()).isEqualTo("clip.mp4");
    assertThat(timers).isEmpty();
  }

  @Test
  void anAlertThatComesTwiceHasOneClip() {
    evidence.add(unit(0, true));
    evidence.cut(alert("a"), 0);
    evidence.cut(alert("a"), 0);
    evidence.end();
    writer.close(Duration.ofSeconds(10));

    assertThat(outcomes).containsExactly(Map.entry(EvidenceTally.Outcome.WRITTEN, 1));
  }

  @Test
  void beyondTheBoundClipsAreRefusedAndCountedUntilOthersEnd() {
    evidence.add(unit(0, true));
    for (int i = 0; i < ClipWriter.MAX_CLIPS + 3; i++) {
      evidence.cut(alert("a" + i), 0);
    }
    assertThat(outcomes).containsExactly(Map.entry(EvidenceTally.Outcome.REFUSED, 3));

    evidence.end();
    writer.close(Duration.ofSeconds(10));

    assertThat(outcomes).containsEntry(EvidenceTally.Outcome.WRITTEN, ClipWriter.MAX_CLIPS);
    assertThat(writer.reserve()).isTrue();
  }

  @Test
  void damagedPicturesAreLeftOutOfAClipAndLeaveAGap() throws Exception {
    evidence.cut(alert("a"), 0);
    evidence.add(unit(0, true));
    evidence.add(unit(1, false));
    evidence.add(SampleVideo.damaged(unit(2, false)));
    evidence.add(SampleVideo.damaged(unit(3, true)));
    evidence.add(SampleVideo.damaged(unit(4, false)));
    evidence.add(unit(5, true));
    evidence.end();
    writer.close(Duration.ofSeconds(10));

    Path observations;
    try (Stream<Path> files = Files.walk(folder)) {
      observations =
          files.filter(file -> file.endsWith("observations.json")).findFirst().orElseThrow();
    }
    JsonNode clip = new ObjectMapper().readTree(observations.toFile()).get("clip");
    assertThat(clip.get("pictures").asInt()).isEqualTo(3);
    assertThat(clip.get("gaps")).hasToString("[{\"fromMediaTime\":3600,\"toMediaTime\":18000}]");
  }

  @Test
  void theTextOfTheFileOfObservationsStaysAsItIs() throws Exception {
    evidence.add(unit(0, true));
    evidence.cut(alert("a"), 0);
    evidence.add(unit(1, false));
    evidence.add(unit(9, true));
    Box box = new Box(0.1f, 0.25f, 0.33333f, 1);
    evidence.add(
        new Observation(
            alert("a").origin().camera(),
            3600,
            Instant.parse("2026-11-22T08:00:00.04Z"),
            640,
            360,
            List.of(
                new Track(1, "motorcycle", 0.87654f, box, true, 0, 2),
                new Track(2, "person", 1, box, false, 0))));
    evidence.end();
    writer.close(Duration.ofSeconds(10));

    assertThat(
            Files.readString(
                new EvidenceFolder(folder)
                    .find(AlertId.of("a"), "observations.json")
                    .orElseThrow()))
        .isEqualTo(
            """
            {"alert":{"id":"a","camera":"gate-1","rule":"r1","type":"stopped",\
            "reason":"as the test wants","startMediaTime":0,"startedAt":"2026-11-22T08:00:00Z",\
            "tracks":[],"measures":{}},"clip":{"startMediaTime":0,"endMediaTime":32400,\
            "startedAt":"2026-11-22T08:00:00Z","pictures":3,"gaps":[{"fromMediaTime":3600,\
            "toMediaTime":32400}],"signedVideo":{"state":"none"}},"observations":[{"mediaTime":3600,\
            "wallClock":"2026-11-22T08:00:00.040Z","width":640,"height":360,"tracks":[{"id":1,\
            "label":"motorcycle","score":0.8765,"box":[0.1,0.25,0.3333,1.0],"seen":true,\
            "riders":2},{"id":2,"label":"person","score":1.0,"box":[0.1,0.25,0.3333,1.0],\
            "seen":false}]}]}\
            """);
  }

  @Test
  void withoutAnyPictureThereAreTheObservationsOnly() {
    evidence.cut(alert("a"), 0);
    evidence.end();
    writer.close(Duration.ofSeconds(10));

    assertThat(outcomes).containsExactly(Map.entry(EvidenceTally.Outcome.EMPTY, 1));
    assertThat(heard).extracting(EvidenceItem::name).containsExactly("observations.json");
  }

  @Test
  void theLookBackLetsOldGroupsGoByTime() {
    PreRollBuffer preRoll = new PreRollBuffer(10 * 3600, 1000);
    for (int i = 0; i < 50; i++) {
      preRoll.add(unit(i, i % 5 == 0));
    }

    List<AccessUnit> all = preRoll.picturesFrom(0);

    assertThat(all.get(0).sequence()).isEqualTo(35);
    assertThat(preRoll.picturesFrom(41 * 3600).get(0).sequence()).isEqualTo(40);
  }

  @Test
  void theLookBackLetsOldGroupsGoByBytesAndSurvivesAGroupThatNeverEnds() {
    PreRollBuffer preRoll = new PreRollBuffer(Long.MAX_VALUE / 2, 50);
    for (int i = 0; i < 100; i++) {
      preRoll.add(unit(i, i % 5 == 0));
      assertThat(preRoll.bytes()).isLessThanOrEqualTo(50);
    }
    for (int i = 100; i < 200; i++) {
      preRoll.add(unit(i, false));
      assertThat(preRoll.bytes()).isLessThanOrEqualTo(50);
    }
    assertThat(preRoll.picturesFrom(0)).isEmpty();
    preRoll.add(unit(200, true));
    assertThat(preRoll.picturesFrom(0)).hasSize(1);
  }

  @Test
  void aPictureFromBeforeALongGapDoesNotStandAtTheBeginningOfAClip() {
    PreRollBuffer preRoll = new PreRollBuffer(35 * 90_000, 1000);
    preRoll.add(unit(0, true));
    preRoll.add(unit(1, false));
    // 20 minutes without the camera.
    preRoll.add(unit(30_000, true));
    preRoll.add(unit(30_001, false));

    assertThat(preRoll.picturesFrom(30_000L * 3600 - 450_000))
        .extracting(AccessUnit::sequence)
        .containsExactly(30_000L, 30_001L);
    assertThat(preRoll.bytes()).isEqualTo(10);
  }

  @Test
  void aClipThatLooksBackAfterTheCameraFellSilentDoesNotBeginInThatPast() {
    PreRollBuffer preRoll = new PreRollBuffer(35 * 90_000, 1000);
    preRoll.add(unit(0, true));

    assertThat(preRoll.picturesFrom(9 * 90_000)).hasSize(1);
    assertThat(preRoll.picturesFrom(11 * 90_000)).isEmpty();
  }

  @Test
  void manyTinyPicturesOfOneTimeAreBoundedToo() {
    PreRollBuffer preRoll = new PreRollBuffer(35 * 90_000, PreRollBuffer.MAX_BYTES);
    for (int i = 0; i < 2 * PreRollBuffer.MAX_PICTURES; i++) {
      preRoll.add(unit(0, i % 10 == 0));
    }
    assertThat(preRoll.picturesFrom(0)).hasSizeBetween(1, PreRollBuffer.MAX_PICTURES);
  }

  @Test
  void aClipThatIsFullKeepsItsBeginningAndSaysSo() {
    EvidenceClip clip = new EvidenceClip(alert("a"), 3600, List.of(), List.of());
    for (int i = 0; i <= EvidenceClip.MAX_PICTURES; i++) {
      assertThat(clip.cutShort()).isFalse();
      clip.add(unit(0, true));
    }
    assertThat(clip.cutShort()).isTrue();
    assertThat(clip.units()).hasSize(EvidenceClip.MAX_PICTURES);
    assertThat(clip.finished()).isFalse();
    clip.add(unit(26, false));
    assertThat(clip.finished()).isTrue();
  }

  @Test
  void aGapIsRecordedAsAGap() throws Exception {
    evidence.add(unit(0, true));
    evidence.cut(alert("a"), 0);
    evidence.add(unit(1, false));
    evidence.add(unit(9, true));
    evidence.end();
    writer.close(Duration.ofSeconds(10));

    Path file = new EvidenceFolder(folder).find(AlertId.of("a"), "observations.json").orElseThrow();
    assertThat(new ObjectMapper().readTree(file.toFile()).at("/clip/gaps").toString())
        .isEqualTo("[{\"fromMediaTime\":3600,\"toMediaTime\":32400}]");
  }

  @Test
  void closingBreaksOffWhatDoesNotEndAndLeavesNoPartialFile() throws Exception {
    CountDownLatch reached = new CountDownLatch(1);
    CountDownLatch never = new CountDownLatch(1);
    CountDownLatch brokenOff = new CountDownLatch(1);
    ClipWriter hanging =
        new ClipWriter(
            new EvidenceFolder(folder),
            List.of(),
            (camera, alert, item) -> {
              reached.countDown();
              try {
                never.await();
              } catch (InterruptedException e) {
                brokenOff.countDown();
              }
            });
    assertThat(hanging.reserve()).isTrue();
    EvidenceTally unheard =
        new EvidenceTally() {
          @Override
          public void clip(Outcome outcome) {}

          @Override
          public void written(long bytes) {}
        };
    hanging.write(new EvidenceClip(alert("b"), 0, List.of(), List.of()), unheard);

    assertThat(reached.await(30, TimeUnit.SECONDS)).isTrue();
    hanging.close(Duration.ofMillis(50));

    assertThat(brokenOff.await(30, TimeUnit.SECONDS)).isTrue();
    try (var left = Files.list(folder.resolve(".partial"))) {
      assertThat(left).isEmpty();
    }
  }

  private static Alert alert(String id) {
    Timestamp now = new Timestamp(MediaTime.ZERO, START);
    return new Alert(
        AlertId.of(id),
        new Alert.Origin(CAMERA, RuleId.of("r1"), "stopped"),
        Alert.Phase.OPENED,
        new Alert.Span(now, now),
        new Alert.Participants(List.of(), null, List.of()),
        new Alert.Finding("as the test wants", Map.of()));
  }

  private static AccessUnit unit(long sequence, boolean key) {
    CodecParameters parameters =
        new CodecParameters(
            Codec.H264, 16, 16, List.of(new byte[] {0x67, 66, 0, 30}), List.of(new byte[] {0x68}));
    return new AccessUnit(
        CAMERA,
        parameters,
        sequence,
        sequence * 3600,
        sequence * 3600,
        START,
        WallClockSource.ARRIVAL,
        key,
        false,
        false,
        ByteBuffer.wrap(new byte[] {0, 0, 0, 1, 0x65}));
  }
}
