package io.kydai.analytics.decode;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/** FFmpeg's program as Debian has it, whose decoders are not those that we carry. */
final class FfmpegProgram {
  private FfmpegProgram() {}

  /**
   * What it prints; skips the calling test where it is not installed.
   *
   * @param arguments parted by single spaces
   */
  static byte[] run(String arguments) throws IOException, InterruptedException {
    Process ffmpeg = start(("ffmpeg -v error " + arguments).split(" "));
    byte[] printed = ffmpeg.getInputStream().readAllBytes();
    assertThat(ffmpeg.waitFor()).as(arguments).isZero();
    return printed;
  }

  private static Process start(String... command) {
    try {
      return new ProcessBuilder(command).redirectError(Redirect.DISCARD).start();
    } catch (IOException e) {
      return Assumptions.abort("needs Debian package ffmpeg: " + e.getMessage());
    }
  }

  /**
   * The MD5 of each picture's planes, as it decodes the file.
   *
   * @param pixels the format of the planes, such as {@code yuv420p}
   */
  static List<String> sums(Path file, String pixels) throws IOException, InterruptedException {
    byte[] printed = run("-i " + file + " -pix_fmt " + pixels + " -f framemd5 -");
    return new String(printed, StandardCharsets.UTF_8)
        .lines()
        .filter(line -> !line.startsWith("#"))
        .map(line -> line.substring(line.lastIndexOf(',') + 1).strip())
        .toList();
  }
}
