package io.kydai.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.kydai.console.reports.DeskState;
import io.kydai.console.reports.ReportOutbox;
import io.kydai.console.reports.ReportQueue;
import io.kydai.console.store.Database;
import io.kydai.console.store.TestDatabase;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A process with a desk is killed again and again, at any moment, while people decide together on
 * many reports, merge and split them, and deadlines pass. {@code -Dkydai.kills=200} kills it more
 * often.
 */
class KilledDeskTest {
  private static final int KILLS = Integer.getInteger("kydai.kills", 3);
  private static final int MOST = 400;

  /** Everything is read after each kill: a desk that grew through all of them would take hours. */
  private static final int KILLS_OF_A_DESK = 20;

  /** What has to be acknowledged at least once: the last process works until it was. */
  private static final List<String> KINDS =
      List.of("did ", "received ", "reminded ", "escalated ", " MERGE ", " SPLIT ");

  @TempDir Path folder;
  private final Random random = new Random(5);
  private final Set<String> acknowledged = new HashSet<>();
  private Path file = Path.of("kydai.db");

  @Test
  @Timeout(value = 60, unit = TimeUnit.MINUTES)
  void nothingIsLostDoubledOrHalfDone(TestReporter reporter) throws Exception {
    for (int killed = 0; killed < KILLS; killed += KILLS_OF_A_DESK) {
      acknowledged.clear();
      file = folder.resolve("kydai-" + killed + ".db");
      int kills = Math.min(KILLS_OF_A_DESK, KILLS - killed);
      killAgainAndAgain(kills);
      reporter.publishEntry("kills", String.valueOf(killed + kills));
      KINDS.forEach(kind -> reporter.publishEntry(kind.strip(), String.valueOf(count(kind))));
      assertThat(acknowledged).hasSizeGreaterThan(20 * kills);
    }
  }

  private void killAgainAndAgain(int kills) throws IOException {
    try (Database database = TestDatabase.open(file)) {
      DeskWork.prepare(database);
    }
    DeskState.Told told = new DeskState.Told();
    for (int i = 0; i < kills; i++) {
      workAndKill("k" + i, 1 + random.nextInt(MOST), i == kills - 1);
      try (Database database = TestDatabase.open(file)) {
        // As the next process begins.
        new ReportQueue(database, ReportOutbox.NONE, Clock.systemUTC());
        DeskState.read(database, told).check(acknowledged);
      }
    }
  }

  private boolean isAllDone(List<String> said) {
    return KINDS.stream()
        .allMatch(kind -> count(kind) > 0 || said.stream().anyMatch(line -> line.contains(kind)));
  }

  private long count(String part) {
    return acknowledged.stream().filter(line -> line.contains(part)).count();
  }

  /**
   * Kills the process in the middle of its work, after some lines.
   *
   * @param last whether everything has to be done once before
   */
  private void workAndKill(String round, int lines, boolean last) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx256m",
                DeskWork.class.getName(),
                TestDatabase.setting(file).orElse(file.toString()),
                round)
            .redirectErrorStream(true);
    builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
    Process process = builder.start();
    try (BufferedReader said =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      List<String> all = new ArrayList<>();
      for (int done = 0; done < lines || (last && !isAllDone(all)); ) {
        String line = said.readLine();
        assertThat(line).as("the process works: %s", all).isNotNull();
        assertThat(line).doesNotStartWith("Exception");
        all.add(line);
        done += line.startsWith("refused") ? 0 : 1;
      }
      // Not by the process itself, which would close the stream of what it wrote before.
      process.toHandle().destroyForcibly();
      for (String line = said.readLine(); line != null; line = said.readLine()) {
        all.add(line);
      }
      all.stream()
          .filter(line -> line.matches("(did|received|reminded|escalated) .*"))
          .forEach(acknowledged::add);
    } finally {
      process.destroyForcibly().onExit().join();
    }
  }
}
