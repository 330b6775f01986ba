package io.kydai.ingest.simulator;

import static io.kydai.ingest.simulator.EncodedClip.PICTURES;
import static org.assertj.core.api.Assertions.assertThat;

import io.kydai.ingest.simulator.media.Clip;
import io.kydai.ingest.simulator.media.Packetization;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The simulator, pulled by GStreamer's {@code rtspsrc}, which keeps what was encoded. */
@Execution(ExecutionMode.CONCURRENT)
@Timeout(120)
class GStreamerClientTest {
  private static final int TAKEN = PICTURES + 15;

  /** The last pictures may lack B-pictures that are shown before them and come later. */
  private static final int COMPARED = TAKEN - 4;

  @TempDir static Path folder;

  @ParameterizedTest
  @CsvSource({
    "H264,tcp,FRAGMENTS",
    "H264,udp,FRAGMENTS",
    "H264,tcp,AGGREGATES",
    "H265,tcp,FRAGMENTS",
    "H265,udp,FRAGMENTS",
    "H265,tcp,AGGREGATES",
    "MJPEG,tcp,FRAGMENTS",
    "MJPEG,udp,FRAGMENTS",
  })
  void takes_every_picture_as_it_is_in_the_file(
      EncodedClip clip, String transport, String packetization) throws Exception {
    Programs.assumeInstalled("gst-launch-1.0", "gstreamer1.0-tools");
    Path file = clip.in(folder);
    Path taken = folder.resolve(clip + "-" + transport + "-" + packetization);
    Packetization how =
        packetization.equals("AGGREGATES") ? Packetization.AGGREGATES : Packetization.FRAGMENTS;
    int fps = transport.equals("udp") ? EncodedClip.UDP_FPS : 50;
    SimulatedCamera camera = new SimulatedCamera("test", Clip.load(file), fps);
    try (CameraSimulator simulator =
        CameraSimulator.builder().camera(camera.withPacketization(how)).start()) {
      Programs.run(
          "gst-launch-1.0",
          "-q",
          "rtspsrc",
          "location=" + simulator.address("test"),
          "protocols=" + transport,
          "latency=50",
          "!",
          depacketizer(clip),
          "!",
          caps(clip),
          "!",
          "identity",
          "eos-after=" + TAKEN,
          "!",
          "filesink",
          "location=" + taken);
    }
    List<String> ofFile = EncodedClip.sums(file);
    List<String> sums = EncodedClip.sums(taken);
    assertThat(sums).hasSizeGreaterThanOrEqualTo(COMPARED);
    int offset = ofFile.indexOf(sums.get(0));
    assertThat(offset).as("begins in the file").isNotNegative();
    for (int i = 0; i < COMPARED; i++) {
      assertThat(sums.get(i)).as("picture %d", i).isEqualTo(ofFile.get((offset + i) % PICTURES));
    }
  }

  private static String depacketizer(EncodedClip clip) {
    return switch (clip) {
      case H264 -> "rtph264depay";
      case H265 -> "rtph265depay";
      case MJPEG -> "rtpjpegdepay";
    };
  }

  private static String caps(EncodedClip clip) {
    return switch (clip) {
      case H264 -> "video/x-h264,stream-format=byte-stream,alignment=au";
      case H265 -> "video/x-h265,stream-format=byte-stream,alignment=au";
      case MJPEG -> "image/jpeg";
    };
  }
}
