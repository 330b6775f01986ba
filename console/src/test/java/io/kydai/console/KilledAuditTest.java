package io.kydai.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kydai.console.audit.AuditExport;
import io.kydai.console.audit.AuditGroups;
import io.kydai.console.audit.AuditLog;
import io.kydai.console.store.Database;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A process that performs audited actions is killed again and again, at any moment. {@code
 * -Dkydai.kills=100} kills it more often.
 */
class KilledAuditTest {
  private static final int KILLS = Integer.getInteger("kydai.kills", 10);
  private static final ObjectMapper JSON = new ObjectMapper();

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

  /** Kills the process in the middle of its work, after some actions were acknowledged. */
  private void workAndKill(int actions) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                AuditedWork.class.getName(),
                folder.resolve("kydai.db").toString())
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
    try (Database database = Database.open(folder.resolve("kydai.db"))) {
      AuditLog audit = new AuditLog(database, Clock.systemUTC());
      new AuditGroups(database, audit, Clock.systemUTC()).close();
      assertThat(audit.verify().fault()).isNull();
      List<JsonNode> entries = entries(audit);
      checkCameras(database, entries);
      checkReports(database, entries);
      Set<String> viewed = new HashSet<>();
      entries.stream()
          .filter(entry -> entry.get("type").asText().equals("live.viewed"))
          .forEach(entry -> viewed.add("viewed " + entry.get("camera").asText()));
      assertThat(viewed).containsAll(acknowledgedOf("viewed"));
    }
  }

  private Set<String> acknowledgedOf(String kind) {
    Set<String> some = new HashSet<>(acknowledged);
    some.removeIf(line -> !line.startsWith(kind + " "));
    return some;
  }

  private static List<JsonNode> entries(AuditLog audit) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    audit.export(null, null, AuditExport.Format.JSONL).writeTo(out);
    List<JsonNode> entries = new ArrayList<>();
    for (String line : out.toString(StandardCharsets.UTF_8).split("\n")) {
      entries.add(JSON.readTree(line));
    }
    return entries;
  }

  /** The cameras are those that the entries, one after the other, lead to. */
  private void checkCameras(Database database, List<JsonNode> entries) throws IOException {
    Map<String, String> told = new TreeMap<>();
    Set<String> everNamed = new HashSet<>();
    for (JsonNode entry : entries) {
      String id = entry.path("camera").asText();
      switch (entry.get("type").asText()) {
        case "camera.added" -> told.put(id, entry.at("/details/after/name").asText());
        case "camera.changed" -> told.put(id, entry.at("/details/changes/name/after").asText());
        case "camera.removed" -> told.remove(id);
        default -> {
          continue;
        }
      }
      everNamed.add("named " + id + " " + told.get(id));
    }
    Map<String, String> stored = new TreeMap<>();
    Map<String, String> rows =
        database.inSnapshot(
            db ->
                db
                    .createQuery("SELECT id, definition FROM camera")
                    .map((row, context) -> Map.entry(row.getString(1), row.getString(2)))
                    .stream()
                    .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
    for (Map.Entry<String, String> row : rows.entrySet()) {
      stored.put(row.getKey(), JSON.readTree(row.getValue()).get("name").asText());
    }
    assertThat(stored).isEqualTo(told);
    assertThat(everNamed).containsAll(acknowledgedOf("named"));
  }

  private void checkReports(Database database, List<JsonNode> entries) {
    List<String> told =
        entries.stream()
            .filter(entry -> entry.get("type").asText().equals("report.acted"))
            .map(
                entry ->
                    "reviewed "
                        + entry.get("report").asText()
                        + " "
                        + entry.at("/details/after").asText())
            .sorted()
            .toList();
    List<String> stored =
        database.inSnapshot(
            db ->
                db.createQuery(
                        "SELECT report, state FROM report_step WHERE actor = 'worker' ORDER BY 1")
                    .map(
                        (row, context) ->
                            "reviewed "
                                + row.getString(1)
                                + " "
                                + row.getString(2).toLowerCase(Locale.ROOT))
                    .list());
    assertThat(told).isEqualTo(stored.stream().sorted().toList());
    assertThat(new TreeSet<>(told)).containsAll(acknowledgedOf("reviewed"));
  }
}
