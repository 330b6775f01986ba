package io.kydai.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.kydai.console.store.Database;
import io.kydai.console.store.TestDatabase;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A process that performs audited actions is killed again and again, at any moment. {@code
 * -Dkydai.kills=100} kills it more often.
 */
class KilledAuditTest {
  private static final int KILLS = Integer.getInteger("kydai.kills", 5);

  @TempDir Path folder;
  private final Random random = new Random(7);
  private final Set<String> acknowledged = new HashSet<>();

  @Test
  @Timeout(value = 30, unit = TimeUnit.MINUTES)
  void noActionIsWithoutItsEntryAndNoEntryWithoutItsAction() throws Exception {
    for (int i = 0; i < KILLS; i++) {
      workAndKill(1 + random.nextInt(300));
      check();
    }
    assertThat(acknowledged).hasSizeGreaterThan(10 * KILLS);
  }

  private Path file() {
    return folder.resolve("kydai.db");
  }

  /** Kills the process in the middle of its work, after some actions were acknowledged. */
  private void workAndKill(int actions) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                AuditedWork.class.getName(),
                TestDatabase.setting(file()).orElse(file().toString()))
            .redirectErrorStream(true);
    builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
    Process process = builder.start();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      List<String> said = new ArrayList<>();
      while (said.size() < actions) {
        String line = lines.readLine();
        assertThat(line).as("the process works: %s", said).isNotNull();
        said.add(line);
      }
      // Not by the process itself, which would close the stream of what it wrote before.
      process.toHandle().destroyForcibly();
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        said.add(line);
      }
      said.stream()
          .filter(line -> line.matches("(named|removed|reviewed|viewed) .*"))
          .forEach(acknowledged::add);
    } finally {
      process.destroyForcibly().onExit().join();
    }
  }

  private void check() throws Exception {
    try (Database database = TestDatabase.open(file())) {
      AuditedState.read(database).check(acknowledged, AuditedWork.WORKER.name());
    }
  }
}
