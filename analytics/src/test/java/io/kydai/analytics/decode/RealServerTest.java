package io.kydai.analytics.decode;

import static org.assertj.core.api.Assertions.assertThat;

import io.kydai.analytics.Frame;
import io.kydai.ingest.AccessUnit;
import io.kydai.ingest.CameraId;
import io.kydai.ingest.CameraSource;
import io.kydai.ingest.GStreamerServer;
import io.kydai.ingest.Ingest;
import io.kydai.ingest.SharedData;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

  /** Conformance streams as somebody else's packetiser sends them. */
  @ParameterizedTest
  @ValueSource(strings = {"MIDR_MW_D.264", "test_cif_P_CABAC_slice.264", "SVA_BA2_D.264"})
  void theSameOfAConformanceStream(String name) throws Exception {
    GStreamerServer.assumeInstalled();
    Path file = SharedData.assumeThere("h264-conformance").resolve(name);
    List<String> expected = sumsByFfmpeg(file, "yuv420p");
    List<String> sums = new ArrayList<>();
    BlockingQueue<AccessUnit> units = new LinkedBlockingQueue<>();
    try (GStreamerServer server = GStreamerServer.start(file, 0);
        Ingest ingest = new Ingest(Clock.systemUTC(), new SimpleMeterRegistry(), status -> {});
        CameraDecoder decoder =
            new CameraDecoder(
                frame -> {
                  sums.add(md5(frame));
                  frame.close();
                })) {
      ingest.subscribe(CAMERA, units::add);
      ingest.add(CameraSource.of(CAMERA, server.url()));
      for (int i = 0; i < expected.size(); i++) {
        AccessUnit unit = units.poll(30, TimeUnit.SECONDS);
        assertThat(unit).as("picture %d", i).isNotNull();
        decoder.decode(unit, 0);
      }
      decoder.end();
    }
    assertThat(sums).containsExactlyElementsOf(expected);
  }

  private static void encode(Path file, String how) throws Exception {
    List<String> command = new ArrayList<>();
    command.addAll(List.of("ffmpeg -v error -f lavfi -i testsrc=size=320x240:rate=50".split(" ")));
    command.addAll(List.of(("-frames:v " + PICTURES + " " + how).split(" ")));
    command.add(file.toString());
    Process ffmpeg = new ProcessBuilder(command).redirectErrorStream(true).start();
    String printed = new String(ffmpeg.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(ffmpeg.waitFor()).as(printed).isZero();
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
                  sums.add(md5(frame));
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
    assertThat(sums).containsExactlyElementsOf(sumsByFfmpeg(file, pixels));
    for (int i = 0; i < PICTURES; i++) {
      assertThat(times.get(i) - times.get(0)).isEqualTo(i * 90_000L / rate);
    }
    assertThat(OpenNatives.frames()).isZero();
    assertThat(OpenNatives.decoders()).isZero();
  }

  /** The MD5 of each picture's planes, as FFmpeg's program decodes the file. */
  private static List<String> sumsByFfmpeg(Path file, String pixels) throws Exception {
    Process ffmpeg =
        new ProcessBuilder(
                "ffmpeg",
                "-v",
                "error",
                "-i",
                file.toString(),
                "-pix_fmt",
                pixels,
                "-f",
                "framemd5",
                "-")
            .redirectErrorStream(true)
            .start();
    String printed = new String(ffmpeg.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(ffmpeg.waitFor()).as(printed).isZero();
    return printed
        .lines()
        .filter(line -> !line.startsWith("#"))
        .map(line -> line.substring(line.lastIndexOf(',') + 1).strip())
        .toList();
  }

  private static String md5(Frame frame) {
    try {
      MessageDigest digest = MessageDigest.getInstance("MD5");
      CameraDecoderTest.update(digest, frame);
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
