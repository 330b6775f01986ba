package io.kydai.ingest.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Runs clients and encoders that are not ours. */
final class Programs {
  private static final int PATIENCE_SECONDS = 60;

  private Programs() {}

  /** Skips the calling test where a program is not installed. */
  static void assumeInstalled(String program, String debianPackage) {
    boolean there =
        Stream.of(System.getenv("PATH").split(":"))
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    assumeTrue(there, "needs Debian package " + debianPackage);
  }

  /** Runs a program to its end, which must be a good one; returns the lines that it printed. */
  static List<String> run(String... command) throws IOException, InterruptedException {
    Result result = result(command);
    assertThat(result.status()).as("%s: %s", List.of(command), result.lines()).isZero();
    return result.lines();
  }

  /** Runs a program to its end. */
  static Result result(String... command) throws IOException, InterruptedException {
    Path out = Files.createTempFile("kydai", ".txt");
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(out.toFile())
              .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
              .start();
      boolean ended = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
      process.destroyForcibly();
      List<String> lines = Files.readAllLines(out);
      assertThat(ended).as("%s ends; %s", List.of(command), lines).isTrue();
      return new Result(process.exitValue(), lines);
    } finally {
      Files.delete(out);
    }
  }

  /** How a program ended. */
  record Result(int status, List<String> lines) {}

  /** The checksums in what FFmpeg's {@code framemd5} prints, one per frame. */
  static List<String> sums(List<String> framemd5) {
    return framemd5.stream()
        .filter(line -> !line.startsWith("#"))
        .map(line -> line.split(",\\s*")[5])
        .toList();
  }

  /** The times in what FFmpeg's {@code framemd5} prints, one per frame. */
  static List<Long> times(List<String> framemd5) {
    return framemd5.stream()
        .filter(line -> !line.startsWith("#"))
        .map(line -> Long.parseLong(line.split(",\\s*")[2].strip()))
        .toList();
  }
}
