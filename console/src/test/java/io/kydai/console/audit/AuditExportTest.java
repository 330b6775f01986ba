package io.kydai.console.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.kydai.console.TestClock;
import io.kydai.console.csv.CsvCell;
import io.kydai.console.store.Database;
import io.kydai.console.store.TestDatabase;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuditExportTest {
  private static final Actor LAN = new Actor(Actor.Kind.ACCOUNT, "01A", "lan");
  private static final RequestOrigin DESK = new RequestOrigin("10.0.0.7", "r-1");
  private static final Path PYTHON = Path.of("/usr/bin/python3");

  @TempDir Path folder;
  private final TestClock clock = new TestClock(Instant.parse("2026-11-28T09:00:00Z"));
  private Database database;
  private AuditLog audit;

  @BeforeEach
  void open() {
    database = TestDatabase.open(folder.resolve("kydai.db"));
    audit = new AuditLog(database, clock);
  }

  @AfterEach
  void close() {
    database.close();
  }

  private void append(String camera) {
    audit.append(
        AuditEvent.of(AuditEventType.AREA_CHANGED, LAN, DESK)
            .camera(camera)
            .reason("\"đ\"\u0001\n\t\\ 😀\u2028")
            .detail(
                "changes",
                Map.of("pan", 0.1, "tilt", -1e-9, "zoom", 123456.789, "big", 1e17, "on", true)));
    clock.advance(Duration.ofMinutes(1));
  }

  private String export(AuditExport.Format format, @Nullable Instant since, @Nullable Instant until)
      throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    audit.export(since, until, format).writeTo(out);
    return out.toString(UTF_8);
  }

  @Test
  void thePythonOfTheDocumentationVerifiesAnExport() throws Exception {
    assumeTrue(Files.isExecutable(PYTHON), "Debian package python3 is not installed");
    for (int i = 0; i < 5; i++) {
      append("c" + i);
    }
    audit.append(AuditEvent.of(AuditEventType.SESSION_REFUSED, Actor.anonymous("a\0\ud800"), DESK));
    String whole = export(AuditExport.Format.JSONL, null, null);
    String newest = audit.verify().hash();
    assertThat(python(whole)).isEqualTo("0 whole up to " + newest + "\n");
    String part = export(AuditExport.Format.JSONL, Instant.parse("2026-11-28T09:02:00Z"), null);
    assertThat(part.lines()).hasSize(4);
    assertThat(python(part)).isEqualTo("0 whole up to " + newest + "\n");

    assertThat(python(whole.replace("\"camera\":\"c2\"", "\"camera\":\"c9\"")))
        .isEqualTo("1 entry 3 is wrong\n");
    List<String> lines = whole.lines().toList();
    assertThat(python(lines.get(0) + "\n" + lines.get(2) + "\n")).isEqualTo("1 entry 3 is wrong\n");
  }

  private String python(String export) throws IOException, InterruptedException {
    Matcher block =
        Pattern.compile("```python\n(.*?)```", Pattern.DOTALL)
            .matcher(Files.readString(Path.of("../docs/audit.md")));
    assertThat(block.find()).isTrue();
    Path program = Files.writeString(folder.resolve("verify.py"), block.group(1));
    Path file = Files.writeString(folder.resolve("audit.jsonl"), export);
    Process process =
        new ProcessBuilder(PYTHON.toString(), program.toString(), file.toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    return process.exitValue() + " " + said;
  }

  @Test
  void anExportHasConsecutiveEntriesOldestFirst() throws IOException {
    for (int i = 0; i < 5; i++) {
      append("c" + i);
    }
    assertThat(
            export(
                    AuditExport.Format.JSONL,
                    Instant.parse("2026-11-28T09:01:00Z"),
                    Instant.parse("2026-11-28T09:03:00Z"))
                .lines()
                .map(line -> line.replaceAll("(?s).*\"number\":([0-9]+),.*", "$1")))
        .containsExactly("2", "3");
    assertThat(export(AuditExport.Format.JSONL, clock.instant(), null)).isEmpty();
    assertThat(export(AuditExport.Format.JSONL, null, Instant.EPOCH)).isEmpty();
  }

  @Test
  void anExportEndsWithTheEntryThatWasNewestAtItsBegin() throws IOException {
    append("a");
    AuditExport export = audit.export(null, null, AuditExport.Format.JSONL);
    append("b");
    assertThat(export.writeTo(OutputStream.nullOutputStream())).isEqualTo(1);
  }

  @Test
  void aLongExportIsReadInBatches() throws IOException {
    database.inTransaction(
        db -> {
          for (int i = 0; i < 3 * AuditLog.BATCH + 1; i++) {
            audit.append(db, AuditEvent.of(AuditEventType.NODE_STARTED, Actor.SYSTEM, DESK));
          }
          return true;
        });
    long before = database.statements();
    assertThat(
            audit
                .export(null, null, AuditExport.Format.JSONL)
                .writeTo(OutputStream.nullOutputStream()))
        .isEqualTo(3L * AuditLog.BATCH + 1);
    assertThat(database.statements() - before).isEqualTo(2 + 4);
  }

  @Test
  void aCsvHasAHeadingAndQuotedCells() throws IOException {
    append("gate");
    String hash = audit.verify().hash();
    assertThat(export(AuditExport.Format.CSV, null, null))
        .isEqualTo(
            "\ufeffnumber,at,type,actor-kind,actor-id,actor-name,address,request,camera,report,"
                + "reason,details,previous,hash\r\n"
                + "1,2026-11-28T09:00:00.000Z,area.changed,account,01A,lan,10.0.0.7,r-1,gate,,"
                + "\"\"\"đ\"\"\u0001\n\t\\ 😀\u2028\",\"{\"\"changes\"\":{\"\"big\"\":\"\"1.0E17\"\",\"\"on\"\":true,"
                + "\"\"pan\"\":0.1,\"\"tilt\"\":\"\"-1.0E-9\"\",\"\"zoom\"\":123456.789}}\","
                + "0".repeat(64)
                + ","
                + hash
                + "\r\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "=cmd|' /C calc'!A0",
        "+1+1",
        "-2+3",
        "@SUM(A1)",
        "\tx",
        "\rx",
        "\nx",
        "=HYPERLINK(\"http://x\")",
        "＝1+1"
      })
  void aCellThatASpreadsheetWouldRunIsText(String name) {
    String cell = CsvCell.of(name);
    assertThat(cell).matches(Pattern.compile("\"?'.*", Pattern.DOTALL));
    assertThat(cell.replace("\"\"", "\"")).contains(name);
  }

  @Test
  void otherCellsAreAsTheyAre() {
    assertThat(CsvCell.of("a=b")).isEqualTo("a=b");
    assertThat(CsvCell.of("")).isEmpty();
    assertThat(CsvCell.of("a,b")).isEqualTo("\"a,b\"");
  }
}
