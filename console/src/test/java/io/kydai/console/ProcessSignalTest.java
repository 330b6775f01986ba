package io.kydai.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The real process without a terminal: its end by signals, and what it shows to other users. */
@Tag("sqlite")
@Timeout(value = 240, unit = TimeUnit.SECONDS)
class ProcessSignalTest {
  /** The exit status of a process that SIGTERM ended, as shells have it: 128 + 15. */
  private static final int TERMINATED = 143;

  private static final long LIMIT_S = 60;

  @TempDir Path folder;

  @Test
  void aNodeWithoutATerminalEndsBySigtermWithEverythingClosed(TestReporter reporter)
      throws Exception {
    Path config = Files.writeString(folder.resolve("kydai.yaml"), "cameras: []\n");
    Path data = folder.resolve("data");
    try (KydaiProcess kydai = KydaiProcess.start(data, "--config", config.toString())) {
      long before = System.nanoTime();
      int status = kydai.interrupt(LIMIT_S);
      reporter.publishEntry("ended after", Duration.ofNanos(System.nanoTime() - before).toString());
      assertClosed(kydai, data, status);
    }
  }

  @Test
  void sigtermDuringTheStartEndsTheProcessWithEverythingClosed() throws Exception {
    Path config = Files.writeString(folder.resolve("kydai.yaml"), "cameras: []\n");
    Path data = folder.resolve("data");
    try (KydaiProcess kydai =
        KydaiProcess.launch(data, List.of(), Map.of(), "--config", config.toString())) {
      kydai.awaitLine("Loading the detector");
      assertClosed(kydai, data, kydai.interrupt(LIMIT_S));
    }
  }

  /** SQLite removes the write-ahead log when the last connection closes in order. */
  private static void assertClosed(KydaiProcess kydai, Path data, int status) throws Exception {
    assertThat(status).as("%s", kydai.output()).isEqualTo(TERMINATED);
    assertThat(kydai.output())
        .noneMatch(line -> line.startsWith("Halted"))
        .noneMatch(line -> line.contains("LEAK:"));
    try (var files = Files.list(data)) {
      assertThat(files.map(file -> file.getFileName().toString()).toList())
          .anyMatch(name -> name.endsWith(".db"))
          .noneMatch(name -> name.endsWith("-wal"));
    }
  }

  @Test
  void aPasswordFromAVariableIsNotOnTheCommandLine() throws Exception {
    String password = "s3cretOfTheGate";
    try (KydaiProcess kydai =
        KydaiProcess.launch(
            folder.resolve("data"),
            List.of(),
            Map.of("GATE_PASSWORD", password),
            "--camera",
            "rtsp://viewer:${GATE_PASSWORD}@127.0.0.1:9/gate")) {
      kydai.awaitLine("The console is at");
      Path shown = Path.of("/proc", Long.toString(kydai.handle().pid()), "cmdline");
      String arguments =
          Files.exists(shown)
              ? new String(Files.readAllBytes(shown), StandardCharsets.UTF_8)
              : kydai.handle().info().commandLine().orElseThrow();
      assertThat(arguments).contains("${GATE_PASSWORD}").doesNotContain(password);
      assertThat(kydai.handle().descendants())
          .allSatisfy(
              child -> assertThat(child.info().commandLine().orElse("")).doesNotContain(password));
      assertThat(kydai.output()).noneMatch(line -> line.contains(password));
    }
  }
}
