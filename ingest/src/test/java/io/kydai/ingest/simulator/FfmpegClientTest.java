package io.kydai.ingest.simulator;

import static io.kydai.ingest.simulator.EncodedClip.PICTURES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.kydai.ingest.simulator.SimulatedCamera.Login;
import io.kydai.ingest.simulator.SimulatedCamera.Scheme;
import io.kydai.ingest.simulator.fault.Fault;
import io.kydai.ingest.simulator.media.AudioClip;
import io.kydai.ingest.simulator.media.Clip;
import io.kydai.ingest.simulator.media.Packetization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The simulator, pulled by a client that we did not write: Debian's FFmpeg. */
@Execution(ExecutionMode.CONCURRENT)
@Timeout(120)
class FfmpegClientTest {
  private static final int FPS = 50;

  @TempDir static Path folder;

  @ParameterizedTest
  @CsvSource({
    "H264,tcp,rtsp",
    "H264,udp,rtsp",
    "H264,http,rtsp",
    "H264,tcp,rtsps",
    "H265,tcp,rtsp",
    "H265,udp,rtsp",
    "H265,http,rtsp",
    "H265,tcp,rtsps",
    "MJPEG,tcp,rtsp",
    "MJPEG,udp,rtsp",
    "MJPEG,http,rtsp",
    "MJPEG,tcp,rtsps",
  })
  void decodes_every_picture_as_from_the_file_and_over_the_clips_end(
      EncodedClip clip, String transport, String scheme) throws Exception {
    Path file = clip.in(folder);
    int fps = transport.equals("udp") ? EncodedClip.UDP_FPS : FPS;
    SimulatedCamera camera = new SimulatedCamera("test", Clip.load(file), fps);
    try (CameraSimulator simulator = CameraSimulator.builder().tls(0).camera(camera).start()) {
      boolean secured = scheme.equals("rtsps");
      String address = secured ? simulator.securedAddress("test") : simulator.address("test");
      assertSame(file, pull(address, transport, PICTURES + 15));
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"H264", "H265"})
  void puts_together_what_shares_a_packet(EncodedClip clip) throws Exception {
    Path file = clip.in(folder);
    try (CameraSimulator simulator = start(file, Packetization.AGGREGATES)) {
      assertSame(file, pull(simulator.address("test"), "tcp", PICTURES));
    }
  }

  @Test
  void takes_whole_nal_units_in_packetization_mode_0() throws Exception {
    Path file = EncodedClip.H264.in(folder);
    try (CameraSimulator simulator = start(file, Packetization.SINGLE_NAL_UNITS)) {
      assertSame(file, pull(simulator.address("test"), "tcp", PICTURES));
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"H264", "H265"})
  void sees_pictures_with_b_pictures_among_them_one_step_apart(EncodedClip clip) throws Exception {
    Path file = clip.in(folder);
    assertThat(Clip.load(file).ordered()).isTrue();
    try (CameraSimulator simulator = start(file, Packetization.FRAGMENTS)) {
      List<Long> times = Programs.times(pull(simulator.address("test"), "tcp", PICTURES));
      for (int i = 1; i < times.size(); i++) {
        assertThat(times.get(i) - times.get(i - 1)).as("picture %d", i).isEqualTo(90_000 / FPS);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void gets_in_with_the_password_and_not_without(Scheme scheme) throws Exception {
    SimulatedCamera camera =
        new SimulatedCamera("test", Clip.load(EncodedClip.H264.in(folder)), FPS)
            .withLogin(new Login("eye", "s3cret", scheme));
    try (CameraSimulator simulator = CameraSimulator.builder().camera(camera).start()) {
      String address = simulator.address("test");
      // Debian's FFmpeg knows no SHA-256, and must be refused where there is nothing else.
      Programs.Result known = probe(address.replace("//", "//eye:s3cret@"));
      if (scheme == Scheme.DIGEST_SHA_256) {
        assertThat(known.status()).isNotZero();
      } else {
        assertThat(known.lines()).contains("h264,640,480");
      }
      assertThat(probe(address.replace("//", "//eye:wrong@")).status()).isNotZero();
      assertThat(probe(address).status()).isNotZero();
    }
  }

  @Test
  void decodes_jpeg_with_restart_markers() throws Exception {
    Path file = folder.resolve("restarts.mjpeg");
    Files.write(file, JpegPictures.withRestartMarkers(PICTURES));
    try (CameraSimulator simulator = start(file, Packetization.FRAGMENTS)) {
      assertSame(file, pull(simulator.address("test"), "tcp", PICTURES));
    }
  }

  @Test
  void decodes_jpeg_with_chroma_halved_in_width_only() throws Exception {
    Programs.assumeInstalled("gst-launch-1.0", "gstreamer1.0-tools");
    Path file = folder.resolve("wide-chroma.mjpeg");
    Programs.run(
        "gst-launch-1.0",
        "-q",
        "videotestsrc",
        "num-buffers=" + PICTURES,
        "pattern=ball",
        "!",
        "video/x-raw,format=Y42B,width=640,height=480",
        "!",
        "jpegenc",
        "!",
        "filesink",
        "location=" + file);
    try (CameraSimulator simulator = start(file, Packetization.FRAGMENTS)) {
      assertSame(file, pull(simulator.address("test"), "tcp", PICTURES));
    }
  }

  @Test
  void sees_sound_and_metadata_beside_the_video() throws Exception {
    Path aac = folder.resolve("tone.aac");
    Programs.run(
        "ffmpeg",
        "-v",
        "error",
        "-f",
        "lavfi",
        "-i",
        "sine=frequency=400:sample_rate=16000:d=2",
        "-c:a",
        "aac",
        "-y",
        aac.toString());
    SimulatedCamera camera =
        new SimulatedCamera("pcmu", Clip.load(EncodedClip.H264.in(folder)), FPS).withMetadata();
    try (CameraSimulator simulator =
        CameraSimulator.builder()
            .camera(camera.withSound(AudioClip.tone()))
            .camera(camera.withName("aac").withSound(AudioClip.adts(aac)))
            .start()) {
      List<String> pcmu = streams(simulator.address("pcmu"));
      assertThat(pcmu).anyMatch(line -> line.startsWith("pcm_mulaw,audio,8000"));
      assertThat(pcmu).anyMatch(line -> line.startsWith("h264,video"));
      assertThat(streams(simulator.address("aac")))
          .anyMatch(line -> line.startsWith("aac,audio,16000"));
      // The tone has the loudness that it was made with: amplitude 8000 of 32768, so -15 dB RMS.
      List<String> loudness =
          Programs.run(
              "ffmpeg",
              "-hide_banner",
              "-nostats",
              "-rtsp_transport",
              "tcp",
              "-i",
              simulator.address("pcmu"),
              "-vn",
              "-t",
              "1",
              "-af",
              "volumedetect",
              "-f",
              "null",
              "-");
      assertThat(loudness).anyMatch(line -> line.contains("mean_volume: -15."));
    }
  }

  @Test
  void follows_a_change_of_resolution_within_the_stream() throws Exception {
    Path other = folder.resolve("small.h264");
    EncodedClip.H264.encode(other, "320x240", 20);
    SimulatedCamera camera =
        new SimulatedCamera("test", Clip.load(EncodedClip.H264.in(folder)), FPS)
            .withOther(Clip.load(other));
    try (CameraSimulator simulator = CameraSimulator.builder().camera(camera).start()) {
      simulator.misbehave("test", Fault.change(40));
      List<String> sizes =
          Programs.run(
                  "ffprobe",
                  "-v",
                  "error",
                  "-rtsp_transport",
                  "tcp",
                  "-read_intervals",
                  "%+2",
                  "-show_entries",
                  "frame=width,height",
                  "-of",
                  "csv=p=0",
                  simulator.address("test"))
              .stream()
              .map(line -> line.replaceAll(",+$", ""))
              .filter(line -> !line.isEmpty())
              .distinct()
              .toList();
      assertThat(sizes).containsExactly("640,480", "320,240");
    }
  }

  @Test
  void does_not_find_other_names() throws Exception {
    try (CameraSimulator simulator = start(EncodedClip.H264.in(folder), Packetization.FRAGMENTS)) {
      assertThat(probe(simulator.address("test") + "er").status()).isNotZero();
      assertThatIllegalArgumentException().isThrownBy(() -> simulator.address("tester"));
    }
  }

  private static CameraSimulator start(Path file, Packetization how) {
    SimulatedCamera camera = new SimulatedCamera("test", Clip.load(file), FPS);
    return CameraSimulator.builder().camera(camera.withPacketization(how)).start();
  }

  private static List<String> pull(String address, String transport, int frames)
      throws IOException, InterruptedException {
    return Programs.run(
        "ffmpeg",
        "-v",
        "error",
        "-rtsp_transport",
        transport,
        "-copyts",
        "-i",
        address,
        "-frames:v",
        "" + frames,
        "-an",
        "-fps_mode",
        "passthrough",
        "-enc_time_base",
        "1/90000",
        "-f",
        "framemd5",
        "-");
  }

  private static void assertSame(Path file, List<String> pulled)
      throws IOException, InterruptedException {
    List<String> ofFile = EncodedClip.sums(file);
    List<String> sums = Programs.sums(pulled);
    int offset = ofFile.indexOf(sums.get(0));
    assertThat(offset).as("begins in the file").isNotNegative();
    for (int i = 0; i < sums.size(); i++) {
      assertThat(sums.get(i)).as("picture %d", i).isEqualTo(ofFile.get((offset + i) % PICTURES));
    }
  }

  private static Programs.Result probe(String address) throws IOException, InterruptedException {
    return Programs.result(
        "ffprobe",
        "-v",
        "error",
        "-rtsp_transport",
        "tcp",
        "-show_entries",
        "stream=codec_name,width,height",
        "-of",
        "csv=p=0",
        address);
  }

  private static List<String> streams(String address) throws IOException, InterruptedException {
    return Programs.run(
        "ffprobe",
        "-v",
        "error",
        "-rtsp_transport",
        "tcp",
        "-show_entries",
        "stream=codec_name,codec_type,sample_rate",
        "-of",
        "csv=p=0",
        address);
  }
}
