package io.kydai.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import io.kydai.ingest.media.AccessUnit;
import io.kydai.ingest.media.CollectedUnits;
import io.kydai.ingest.media.NalUnitsOfFile;
import io.kydai.ingest.source.CameraId;
import io.kydai.ingest.source.CameraSource;
import io.kydai.ingest.status.CameraState;
import io.kydai.ingest.status.CameraStatus;
import io.kydai.ingest.status.CollectedStatuses;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Pulls from a real RTSP server that is not ours. */
@Timeout(value = 90, unit = TimeUnit.SECONDS)
class GStreamerServerTest {
  private static final int PICTURES = 100;
  private static final CameraId GATE = new CameraId("gate");

  @TempDir private static Path folder;
  private static Path file;
  private static List<String> slices = List.of();

  private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
  private final CollectedStatuses statuses = new CollectedStatuses();
  private final CollectedUnits units = new CollectedUnits();
  private Ingest ingest;

  private static void encode() throws Exception {
    file = folder.resolve("testsrc.mp4");
    GStreamerServer.encode(file, PICTURES);
    Path annexB = folder.resolve("testsrc.h264");
    GStreamerServer.run(
        "ffmpeg", "-v", "error", "-i", file.toString(), "-c", "copy", annexB.toString());
    slices = NalUnitsOfFile.slices(Files.readAllBytes(annexB));
  }

  @BeforeEach
  void open() throws Exception {
    GStreamerServer.assumeInstalled();
    if (slices.isEmpty()) {
      encode();
    }
    ingest = new Ingest(Clock.systemUTC(), metrics, statuses);
    ingest.subscribe(GATE, units);
  }

  @AfterEach
  void close() {
    if (ingest != null) {
      ingest.close();
    }
  }

  @Test
  void everyPictureOfTheFileArrivesOnceInOrderWithItsTimeAndItsBytes() throws Exception {
    try (GStreamerServer server = GStreamerServer.start(file, 0)) {
      ingest.add(CameraSource.of(GATE, server.url()));
      List<AccessUnit> received = new ArrayList<>(units.take(PICTURES / 2));
      CameraStatus status = ingest.status(GATE).orElseThrow();
      received.addAll(units.take(PICTURES / 2));

      assertThat(slices).hasSize(PICTURES);
      assertThat(received.stream().flatMap(unit -> NalUnitsOfFile.slices(unit).stream()))
          .containsExactlyElementsOf(slices);
      for (int i = 0; i < PICTURES; i++) {
        AccessUnit unit = received.get(i);
        assertThat(unit.sequence()).isEqualTo(i);
        assertThat(unit.keyFrame()).as("key frame %s", i).isEqualTo(i % 25 == 0);
        assertThat(unit.discontinuity()).isEqualTo(i == 0);
        assertThat(unit.mediaTime() - received.get(0).mediaTime()).isEqualTo(3600L * i);
        assertThat(unit.parameters()).isSameAs(received.get(0).parameters());
        assertThat(NalUnitsOfFile.nals(unit)).noneMatch(nal -> (nal[0] & 0x1f) >= 7);
      }
      assertThat(received.get(0).parameters()).hasToString("H264 320x240");
      assertThat(received).extracting(AccessUnit::wallClock).isSorted();
      assertThat(
              metrics
                  .get("kydai.ingest.access.units")
                  .tag("camera", "gate")
                  .functionCounter()
                  .count())
          .isEqualTo(PICTURES);
      assertThat(metrics.get("kydai.ingest.lost.packets").counter().count()).isZero();
      assertThat(status.state()).isEqualTo(CameraState.LIVE);
      assertThat(status.fps()).isPositive();
      assertThat(status.lastError()).isEmpty();
    }
  }

  @Test
  void picturesThatAreReorderedHaveTheTimesOfTheirEncoder() throws Exception {
    Path reordered = folder.resolve("reordered.mp4");
    GStreamerServer.run(
        ("ffmpeg -v error -y -f lavfi -i testsrc2=size=320x240:rate=25 -frames:v 75"
                + " -c:v libx264 -threads 1 -bf 3 -g 25 -pix_fmt yuv420p "
                + reordered)
            .split(" "));
    try (GStreamerServer server = GStreamerServer.start(reordered, 0)) {
      ingest.add(CameraSource.of(GATE, server.url()));
      List<AccessUnit> received = units.take(75);

      long first = received.get(0).mediaTime();
      List<Long> shown = received.stream().map(unit -> unit.mediaTime() - first).toList();
      assertThat(shown).isNotEqualTo(shown.stream().sorted().toList());
      assertThat(shown)
          .containsExactlyInAnyOrderElementsOf(
              LongStream.range(0, 75).mapToObj(place -> place * 3600).toList());
      for (int i = 0; i < 75; i++) {
        AccessUnit unit = received.get(i);
        assertThat(unit.decodeTime()).isLessThanOrEqualTo(unit.mediaTime());
        if (i > 3) {
          assertThat(unit.decodeTime() - received.get(i - 1).decodeTime()).isEqualTo(3600);
        }
      }
    }
  }

  @Test
  void digestAndBasicLogInsAreAnsweredAndAWrongPasswordIsNamedWithoutBeingShown() throws Exception {
    for (String method : List.of("digest", "basic")) {
      CameraId camera = new CameraId(method);
      try (GStreamerServer server =
          GStreamerServer.start(file, 0, "operator", "s3cret:word", method)) {
        String host = "127.0.0.1:" + server.port() + "/stream";
        CollectedUnits own = new CollectedUnits();
        ingest.subscribe(camera, own);
        ingest.add(CameraSource.of(camera, "rtsp://operator:s3cret:word@" + host));
        assertThat(own.take(1).get(0).keyFrame()).isTrue();

        CameraId wrong = new CameraId(method + "-wrong");
        ingest.add(CameraSource.of(wrong, "rtsp://operator:mistaken@" + host));
        CameraStatus refused = statuses.await(wrong, CameraState.BACKING_OFF);
        assertThat(refused.lastError().orElseThrow())
            .contains("does not accept the user or the password")
            .doesNotContain("mistaken", "operator");
        ingest.remove(wrong);
        ingest.remove(camera);
      }
    }
  }

  @Test
  void anUnknownPathIsNamedAsSuch() throws Exception {
    try (GStreamerServer server = GStreamerServer.start(file, 0)) {
      ingest.add(CameraSource.of(GATE, "rtsp://127.0.0.1:" + server.port() + "/elsewhere"));
      assertThat(statuses.await(GATE, CameraState.BACKING_OFF).lastError().orElseThrow())
          .endsWith("answers DESCRIBE with 404 Not Found");
    }
  }

  @Test
  void mediaTimeGoesOnWhenTheServerWasGoneForAWhile() throws Exception {
    AccessUnit last;
    int port;
    try (GStreamerServer server = GStreamerServer.start(file, 0)) {
      port = server.port();
      ingest.add(CameraSource.of(GATE, server.url()));
      last = units.take(10).get(9);
    }
    statuses.await(GATE, CameraState.BACKING_OFF);
    try (GStreamerServer again = GStreamerServer.start(file, port)) {
      assertThat(again.port()).isEqualTo(port);
      statuses.await(GATE, CameraState.LIVE);
      AccessUnit next = units.take(1).get(0);
      while (!next.discontinuity()) {
        last = next;
        next = units.take(1).get(0);
      }
      assertThat(next.keyFrame()).isTrue();
      assertThat(next.sequence()).isEqualTo(last.sequence() + 1);
      double mediaGap = (next.mediaTime() - last.mediaTime()) / 90_000.0;
      double wallGap = Duration.between(last.wallClock(), next.wallClock()).toMillis() / 1000.0;
      assertThat(mediaGap).isPositive().isCloseTo(wallGap, offset(1.0));
      assertThat(ingest.status(GATE).orElseThrow().reconnects()).isPositive();
    }
  }
}
