package io.kydai.analytics.decode;

import static org.assertj.core.api.Assertions.assertThat;

import io.kydai.ingest.GStreamerServer;
import io.kydai.ingest.Ingest;
import io.kydai.ingest.media.AccessUnit;
import io.kydai.ingest.media.Codec;
import io.kydai.ingest.source.CameraId;
import io.kydai.ingest.source.CameraSource;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** From a real RTSP server that is not ours to pixels: the way of every camera's picture. */
@Timeout(90)
class RealServerTest {
  private static final int PICTURES = 100;

  private static final CameraId CAMERA = new CameraId("gate");

  @TempDir Path folder;

  @Test
  void everyPictureOfTheServersFileIsDecodedOnceInOrderAndInTimeToTheVeryPixels() throws Exception {
    GStreamerServer.assumeInstalled();
    Path file = folder.resolve("testsrc.mp4");
    GStreamerServer.encode(file, PICTURES);
    everyPictureIsExact(file, 25, "yuv420p");
  }

  @Test
  void theSameOfH265WithBPicturesSlicesAndDelimiters() throws Exception {
    GStreamerServer.assumeInstalled();
    Path file = folder.resolve("testsrc.h265.mp4");
    encode(
        file,
        "-c:v libx265 -preset ultrafast -pix_fmt yuv420p -tag:v hvc1 -x265-params"
            + " bframes=3:b-pyramid=1:slices=4:aud=1:keyint=25:pools=1:log-level=error");
    everyPictureIsExact(file, 50, "yuv420p");
  }

  @Test
  void theSameOfMotionJpeg() throws Exception {
    GStreamerServer.assumeInstalled();
    Path file = folder.resolve("testsrc.jpeg.mkv");
    encode(file, "-c:v mjpeg -huffman default -q:v 4 -pix_fmt yuvj420p");
    everyPictureIsExact(file, 50, "yuvj420p");
  }

  /** Conformance streams as somebody else's packetiser sends them, all at once. */
  @Test
  void conformanceStreamsAreDecodedToTheVeryPixels() throws Exception {
    GStreamerServer.assumeInstalled();
    List<ConformanceStream> streams = ConformanceStream.all();
    List<String> files = new ArrayList<>();
    streams.forEach(stream -> files.addAll(List.of("--also", stream.file().toString())));
    List<Round> rounds = new ArrayList<>();
    try (GStreamerServer server =
            GStreamerServer.start(streams.get(0).file(), 0, files.toArray(String[]::new));
        Ingest ingest = new Ingest(Clock.systemUTC(), new SimpleMeterRegistry(), status -> {})) {
      for (ConformanceStream stream : streams) {
        Round round = new Round(stream.file(), Codec.H264, stream.frames());
        rounds.add(round);
        CameraId camera = new CameraId("camera-" + rounds.size());
        ingest.subscribe(camera, round);
        round.whole().thenRun(() -> ingest.remove(camera));
        ingest.add(CameraSource.of(camera, server.url() + rounds.size()));
      }
      SoftAssertions all = new SoftAssertions();
      long end = System.nanoTime() + 40_000_000_000L;
      for (int i = 0; i < streams.size(); i++) {
        ConformanceStream stream = streams.get(i);
        Duration left = Duration.ofNanos(Math.max(1, end - System.nanoTime()));
        all.assertThat(rounds.get(i).whole())
            .as(stream.name())
            .succeedsWithin(left)
            .satisfies(units -> assertThat(Pictures.decode(units)).hasToString(stream.expected()));
      }
      all.assertAll();
    }
  }

  private static void encode(Path file, String how) throws Exception {
    FfmpegProgram.run(
        "-f lavfi -i testsrc=size=320x240:rate=50 -frames:v " + PICTURES + " " + how + " " + file);
  }

  private static void everyPictureIsExact(Path file, int rate, String pixels) throws Exception {
    BlockingQueue<AccessUnit> units = new LinkedBlockingQueue<>();
    List<String> sums = new ArrayList<>();
    List<Long> times = new ArrayList<>();
    try (GStreamerServer server = GStreamerServer.start(file, 0);
        Ingest ingest = new Ingest(Clock.systemUTC(), new SimpleMeterRegistry(), status -> {});
        CameraDecoder decoder =
            new CameraDecoder(
                frame -> {
                  sums.add(Pictures.md5(frame));
                  times.add(frame.mediaTime());
                  frame.close();
                })) {
      ingest.subscribe(CAMERA, units::add);
      ingest.add(CameraSource.of(CAMERA, server.url()));
      for (int i = 0; i < PICTURES; i++) {
        AccessUnit unit = units.poll(30, TimeUnit.SECONDS);
        assertThat(unit).as("picture %d", i).isNotNull();
        decoder.decode(unit, 0);
      }
      decoder.end();
    }
    assertThat(sums).containsExactlyElementsOf(FfmpegProgram.sums(file, pixels));
    for (int i = 0; i < PICTURES; i++) {
      assertThat(times.get(i) - times.get(0)).isEqualTo(i * 90_000L / rate);
    }
    assertThat(OpenNatives.frames()).isZero();
    assertThat(OpenNatives.decoders()).isZero();
  }
}
