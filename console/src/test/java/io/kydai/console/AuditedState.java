package io.kydai.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kydai.console.audit.AuditExport;
import io.kydai.console.audit.AuditGroups;
import io.kydai.console.audit.AuditLog;
import io.kydai.console.store.Database;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What a process that was killed left: the audit must be whole, and say the same as the tables. An
 * acknowledged action is a line such as {@code named c1 Gate}, {@code reviewed 01… verified},
 * {@code viewed c1}, {@code searched c1} or {@code token 01…}.
 */
public final class AuditedState {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Database database;
  private final List<JsonNode> entries;

  private AuditedState(Database database, List<JsonNode> entries) {
    this.database = database;
    this.entries = entries;
  }

  /** Reads it as the next process does, which appends the entries of the groups that were left. */
  public static AuditedState read(Database database) throws IOException {
    AuditLog audit = new AuditLog(database, Clock.systemUTC());
    new AuditGroups(database, audit, Clock.systemUTC()).close();
    assertThat(audit.verify().fault()).isNull();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    audit.export(null, null, AuditExport.Format.JSONL).writeTo(out);
    List<JsonNode> entries = new ArrayList<>();
    for (String line : out.toString(StandardCharsets.UTF_8).split("\n")) {
      entries.add(JSON.readTree(line));
    }
    return new AuditedState(database, entries);
  }

  /**
   * Fails when an action is without its entry, or an entry without its action.
   *
   * @param acknowledged what was acknowledged before the process was killed
   * @param actor who reviewed the reports
   */
  public void check(Set<String> acknowledged, String actor) throws IOException {
    checkCameras(acknowledged);
    checkReports(acknowledged, actor);
    checkTokens(acknowledged);
    assertThat(of("live.viewed", "viewed", "/camera"))
        .containsAll(starting(acknowledged, "viewed"));
    assertThat(of("report.searched", "searched", "/details/filter/camera"))
        .containsAll(starting(acknowledged, "searched"));
  }

  private static Set<String> starting(Set<String> acknowledged, String kind) {
    Set<String> some = new HashSet<>(acknowledged);
    some.removeIf(line -> !line.startsWith(kind + " "));
    return some;
  }

  private Set<String> of(String type, String word, String field) {
    return entries.stream()
        .filter(entry -> entry.get("type").asText().equals(type))
        .map(entry -> word + " " + entry.at(field).asText())
        .collect(Collectors.toSet());
  }

  /** The cameras are those that the entries, one after the other, lead to. */
  private void checkCameras(Set<String> acknowledged) throws IOException {
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
    assertThat(everNamed).containsAll(starting(acknowledged, "named"));
  }

  private void checkReports(Set<String> acknowledged, String actor) {
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
                db.createQuery("SELECT report, state FROM report_step WHERE actor = :actor")
                    .bind("actor", actor)
                    .map(
                        (row, context) ->
                            "reviewed "
                                + row.getString(1)
                                + " "
                                + row.getString(2).toLowerCase(Locale.ROOT))
                    .list());
    assertThat(told).isEqualTo(stored.stream().sorted().toList());
    assertThat(new TreeSet<>(told)).containsAll(starting(acknowledged, "reviewed"));
  }

  private void checkTokens(Set<String> acknowledged) {
    Set<String> told = new TreeSet<>(of("token.created", "token", "/details/token"));
    assertThat(told).containsAll(starting(acknowledged, "token"));
    Set<String> revoked = of("token.revoked", "revoked", "/details/token");
    assertThat(revoked).containsAll(starting(acknowledged, "revoked"));
    revoked.forEach(one -> told.remove(one.replace("revoked ", "token ")));
    List<String> stored =
        database.inSnapshot(
            db -> db.createQuery("SELECT id FROM api_token").mapTo(String.class).list());
    assertThat(stored.stream().map(id -> "token " + id).sorted().toList())
        .isEqualTo(List.copyOf(told));
  }
}
