package io.kydai.console.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Players of others, from npm; tests that need them are skipped where they cannot be had. */
final class NpmPackages {
  private static final int SECONDS = 120;

  private NpmPackages() {}

  /**
   * Installs packages under {@code node_modules}, once.
   *
   * @param packages with their versions
   */
  static void assume(Path folder, String... packages) throws Exception {
    assumeTrue(
        Files.isExecutable(Path.of("/usr/bin/npm")) && Files.isExecutable(Path.of("/usr/bin/node")),
        "Debian packages nodejs and npm are not installed");
    String last = packages[packages.length - 1];
    if (!Files.exists(folder.resolve("node_modules/" + last.split("@")[0]))) {
      List<String> command =
          new ArrayList<>(
              List.of(
                  "/usr/bin/npm",
                  "install",
                  "--no-audit",
                  "--no-fund",
                  "--ignore-scripts",
                  "--prefer-offline"));
      command.addAll(List.of(packages));
      String installed = run(folder, command.toArray(String[]::new));
      assumeTrue(
          installed.startsWith("0\n"), "npm packages cannot be had: " + Arrays.toString(packages));
    }
  }

  /** Returns a program's exit status, a line, and what it said. */
  static String run(Path folder, String... command) throws IOException, InterruptedException {
    Path log = Files.createTempFile(folder, "out", ".log");
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    try {
      boolean ended = process.waitFor(SECONDS, TimeUnit.SECONDS);
      return (ended ? process.exitValue() + "\n" : "too late\n") + Files.readString(log, UTF_8);
    } finally {
      process.destroyForcibly();
    }
  }
}
