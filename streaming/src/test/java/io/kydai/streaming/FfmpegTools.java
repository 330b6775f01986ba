package io.kydai.streaming;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Debian's ffmpeg and ffprobe, as the judge of what we write. */
public final class FfmpegTools {
  private FfmpegTools() {}

  /** Skips the test, visibly, where they are not installed. */
  public static void assumeInstalled() {
    for (String tool : List.of("ffmpeg", "ffprobe")) {
      assumeTrue(
          Files.isExecutable(Path.of("/usr/bin", tool)), "Debian package 'ffmpeg' is missing");
    }
  }

  /** Standard output; fails when the tool fails or says anything at level "warning". */
  public static String run(Path folder, String... command) throws Exception {
    Path errors = Files.createTempFile(folder, "errors", ".txt");
    Path output = Files.createTempFile(folder, "output", ".txt");
    Process process =
        new ProcessBuilder(command)
            .redirectError(errors.toFile())
            .redirectOutput(output.toFile())
            .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
            .start();
    try {
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("%s ended", command[0]).isTrue();
    } finally {
      process.destroyForcibly();
    }
    assertThat(Files.readString(errors)).as(String.join(" ", command)).isEmpty();
    assertThat(process.exitValue()).isZero();
    return Files.readString(output, StandardCharsets.ISO_8859_1);
  }

  /** Digest of each decoded picture, in order of presentation; warnings are failures. */
  public static List<String> pictures(Path video) throws Exception {
    return pictures(video, "warning");
  }

  /**
   * @param level from which on a message is a failure
   */
  public static List<String> pictures(Path video, String level) throws Exception {
    return digests(video, "ffmpeg -v " + level + " -i " + video);
  }

  /** Digest of each picture of a byte stream, which has no times, in the order of their output. */
  public static List<String> streamPictures(Path stream, String level) throws Exception {
    return digests(stream, "ffmpeg -v " + level + " -i " + stream + " -vf setpts=N/25/TB");
  }

  /** Where the packets of a byte stream begin in it. */
  public static List<Long> packetPositions(Path stream) throws Exception {
    return positions(stream, "packet=pos");
  }

  /** Where the packets of the pictures begin, in the order of their output. */
  public static List<Long> positions(Path stream) throws Exception {
    return positions(stream, "frame=pkt_pos");
  }

  private static List<Long> positions(Path stream, String entry) throws Exception {
    String command = "ffprobe -v quiet -show_entries " + entry + " -of csv=p=0 " + stream;
    return lines(run(stream.getParent(), command.split(" "))).stream()
        .map(line -> Long.valueOf(line.replaceAll(",.*", "")))
        .toList();
  }

  /** Digest of each key frame, decoded alone. */
  public static List<String> keyFrames(Path video) throws Exception {
    return digests(video, "ffmpeg -v warning -skip_frame nokey -i " + video);
  }

  private static List<String> digests(Path video, String command) throws Exception {
    String all = command + " -map 0:v -autoscale 0 -fps_mode passthrough -f framemd5 -";
    return lines(run(video.getParent(), all.split(" "))).stream()
        .filter(line -> !line.startsWith("#"))
        .map(line -> line.substring(line.lastIndexOf(',') + 1).trim())
        .toList();
  }

  /** Presentation times of the packets in file order, in the file's time base. */
  public static List<Long> presentationTimes(Path video) throws Exception {
    return packets(video, "pts");
  }

  public static List<Long> decodeTimes(Path video) throws Exception {
    return packets(video, "dts");
  }

  private static List<Long> packets(Path video, String entry) throws Exception {
    return lines(probe(video, "packet=" + entry)).stream().map(Long::valueOf).toList();
  }

  public static String probe(Path video, String entries) throws Exception {
    String command =
        "ffprobe -v warning -select_streams v -show_entries " + entries + " -of csv=p=0 " + video;
    return run(video.getParent(), command.split(" "));
  }

  static List<String> lines(String text) throws IOException {
    return text.lines().map(String::trim).filter(line -> !line.isEmpty()).toList();
  }
}
