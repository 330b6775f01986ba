package io.kydai.ingest.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.kydai.ingest.simulator.SimulatedCamera.Login;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The simulator, pulled by a client that we did not write: Debian's FFmpeg. */
@Timeout(60)
class CameraSimulatorTest {
  private static final int PICTURES = 30;
  private static final int FPS = 25;

  @TempDir static Path folder;
  private static Path file;
  private static Clip clip;

  @BeforeAll
  static void encodeAClip() throws Exception {
    assumeTrue(installed("ffmpeg"), "Debian package ffmpeg is not installed");
    file = folder.resolve("clip.h264");
    // Large enough that pictures need FU-A fragments, and with a key picture every ten.
    run(
        List.of(
            "ffmpeg",
            "-v",
            "error",
            "-f",
            "lavfi",
            "-i",
            "testsrc2=size=640x480:rate=" + FPS,
            "-frames:v",
            "" + PICTURES,
            "-c:v",
            "libx264",
            "-preset",
            "ultrafast",
            "-bf",
            "0",
            "-g",
            "10",
            "-qp",
            "12",
            "-f",
            "h264",
            file.toString()));
    clip = Clip.load(file);
  }

  @ParameterizedTest
  @ValueSource(strings = {"tcp", "udp"})
  void plays_on_over_the_clips_end_with_every_picture_whole_and_its_time_one_step_on(
      String transport) throws Exception {
    int frames = 2 * PICTURES + 5;
    try (CameraSimulator simulator = start(Optional.empty())) {
      List<String> pulled =
          run(
              List.of(
                  "ffmpeg",
                  "-v",
                  "error",
                  "-rtsp_transport",
                  transport,
                  "-copyts",
                  "-i",
                  simulator.address("test"),
                  "-frames:v",
                  "" + frames,
                  "-an",
                  "-fps_mode",
                  "passthrough",
                  "-enc_time_base",
                  "1/90000",
                  "-f",
                  "framemd5",
                  "-"));
      List<long[]> times = new ArrayList<>();
      List<String> sums = new ArrayList<>();
      read(pulled, times, sums);
      assertThat(sums).hasSize(frames);
      for (int i = 1; i < times.size(); i++) {
        assertThat(times.get(i)[0] - times.get(i - 1)[0])
            .as("picture %d", i)
            .isEqualTo(90_000 / FPS);
      }
      List<String> ofFile = new ArrayList<>();
      read(
          run(List.of("ffmpeg", "-v", "error", "-i", file.toString(), "-f", "framemd5", "-")),
          new ArrayList<>(),
          ofFile);
      int offset = ofFile.indexOf(sums.get(0));
      assertThat(offset).isIn(0, 10, 20);
      for (int i = 0; i < frames; i++) {
        assertThat(sums.get(i)).as("picture %d", i).isEqualTo(ofFile.get((offset + i) % PICTURES));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void lets_in_who_knows_the_password_and_nobody_else(boolean digest) throws Exception {
    try (CameraSimulator simulator = start(Optional.of(new Login("eye", "s3cret", digest)))) {
      String address = simulator.address("test");
      assertThat(run(probe(address.replace("//", "//eye:s3cret@")))).contains("h264,640,480");
      assertThat(status(probe(address.replace("//", "//eye:wrong@")))).isNotZero();
      assertThat(status(probe(address))).isNotZero();
    }
  }

  @Test
  void does_not_know_other_names() throws Exception {
    try (CameraSimulator simulator = start(Optional.empty())) {
      assertThat(status(probe(simulator.address("test") + "er"))).isNotZero();
      assertThatIllegalArgumentException().isThrownBy(() -> simulator.address("tester"));
    }
  }

  @Test
  void leaves_no_thread_when_it_is_closed() {
    start(Optional.empty()).close();
    assertThat(Thread.getAllStackTraces().keySet())
        .noneMatch(thread -> thread.isAlive() && thread.getName().startsWith("camera-simulator"));
  }

  @Test
  void refuses_what_is_no_elementary_stream() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Clip.of("no video".getBytes(StandardCharsets.US_ASCII)));
  }

  private static CameraSimulator start(Optional<Login> login) {
    return CameraSimulator.builder().camera(new SimulatedCamera("test", clip, FPS, login)).start();
  }

  private static List<String> probe(String address) {
    return List.of(
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

  /** framemd5's lines: stream, dts, pts, duration, size, sum. */
  private static void read(List<String> lines, List<long[]> times, List<String> sums) {
    for (String line : lines) {
      if (!line.startsWith("#")) {
        String[] fields = line.split(",\\s*");
        times.add(new long[] {Long.parseLong(fields[2].strip())});
        sums.add(fields[5]);
      }
    }
  }

  private static boolean installed(String program) {
    return Stream.of(System.getenv("PATH").split(":"))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
  }

  private static List<String> run(List<String> command) throws Exception {
    Path out = Files.createTempFile(folder, "out", ".txt");
    Process process = start(command, out);
    assertThat(process.waitFor(40, TimeUnit.SECONDS)).as("%s ends", command).isTrue();
    List<String> lines = Files.readAllLines(out);
    assertThat(process.exitValue()).as("%s: %s", command, lines).isZero();
    return lines;
  }

  private static int status(List<String> command) throws Exception {
    Process process = start(command, Files.createTempFile(folder, "out", ".txt"));
    assertThat(process.waitFor(40, TimeUnit.SECONDS)).as("%s ends", command).isTrue();
    return process.exitValue();
  }

  private static Process start(List<String> command, Path out) throws IOException {
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(out.toFile())
        .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
        .start();
  }
}
