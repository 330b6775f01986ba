package io.kydai.console.admin;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kydai.console.audit.AuditFilter;
import io.kydai.console.audit.AuditLog;
import io.kydai.console.recordings.Deletions;
import io.kydai.console.recordings.RecordingTable;
import io.kydai.console.store.Database;
import io.kydai.console.store.TestDatabase;
import io.kydai.ingest.media.AccessUnit;
import io.kydai.ingest.media.Codec;
import io.kydai.ingest.media.CodecParameters;
import io.kydai.ingest.media.WallClockSource;
import io.kydai.ingest.source.CameraId;
import io.kydai.streaming.proof.SigningKey;
import io.kydai.streaming.recording.PlannedRecorder;
import io.kydai.streaming.recording.RecordingPlan;
import io.kydai.streaming.recording.Recordings;
import io.kydai.streaming.recording.disk.RecordingSettings;
import io.kydai.streaming.recording.index.DeletionReason;
import io.kydai.streaming.recording.index.Segment;
import io.kydai.streaming.recording.retention.RetentionAges;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The commands on recordings, beside a node that has the database open. */
class RecordingCommandsTest {
  private static final CameraId GATE = new CameraId("gate-1");
  private static final Instant START = Instant.parse("2026-11-29T01:00:00Z");

  @TempDir Path folder;
  private Database node;
  private RecordingTable index;
  private List<Segment> recorded;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeEach
  void record() throws IOException {
    Path file = folder.resolve("kydai.db");
    node = TestDatabase.open(file);
    Files.writeString(folder.resolve("kydai.yaml"), "cameras: []\n" + TestDatabase.yaml(file));
    index = new RecordingTable(node, Clock.systemUTC());
    try (Recordings recordings =
        new Recordings(
            new RecordingSettings(folder.resolve("recordings"), 1L << 40, 0, Duration.ofSeconds(1)),
            index,
            any -> RetentionAges.keeping(Duration.ofDays(10_000)),
            () -> {},
            new SimpleMeterRegistry(),
            Clock.systemUTC())) {
      PlannedRecorder recorder =
          recordings.begin(GATE, new RecordingPlan.Continuous(), Runnable::run);
      for (int i = 0; i < 750; i++) {
        recorder.add(picture(i));
      }
      recorder.end();
    }
    recorded = index.segments(GATE, Instant.EPOCH, Instant.MAX, 100);
    assertThat(recorded).hasSize(30);
    for (Segment segment : recorded) {
      Files.setLastModifiedTime(path(segment), FileTime.from(START));
    }
  }

  private static AccessUnit picture(int number) {
    CodecParameters parameters =
        new CodecParameters(
            Codec.H264,
            320,
            180,
            List.of(HexFormat.of().parseHex("6742c01ed900a047fe88")),
            List.of(HexFormat.of().parseHex("68cb83cb20")));
    ByteBuffer data = ByteBuffer.allocate(400);
    data.putInt(396).put((byte) 0x65).putInt(number).rewind();
    long time = number * 3600L;
    return new AccessUnit(
        GATE,
        parameters,
        number,
        time,
        time,
        START.plusMillis(time / 90),
        WallClockSource.ARRIVAL,
        number % 25 == 0,
        number == 0,
        false,
        data);
  }

  @AfterEach
  void close() {
    node.close();
  }

  private Path path(Segment segment) {
    return folder.resolve("recordings").resolve(segment.file());
  }

  private int run(String... words) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    CommandLine command =
        AdminCommand.commandLine(new ByteArrayInputStream("".getBytes(UTF_8)))
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true));
    List<String> all = new ArrayList<>(List.of(words));
    all.add("--data=" + folder);
    all.add("--config=" + folder.resolve("kydai.yaml"));
    return command.execute(all.toArray(String[]::new));
  }

  private List<JsonNode> json() throws IOException {
    List<JsonNode> lines = new ArrayList<>();
    for (String line : out.toString().lines().toList()) {
      lines.add(new ObjectMapper().readTree(line));
    }
    return lines;
  }

  private List<String> audit() {
    return new AuditLog(node, Clock.systemUTC())
        .list(AuditFilter.all(10)).entries().stream().map(entry -> entry.type()).toList();
  }

  @Test
  void whatIsWholeIsZero() throws Exception {
    assertThat(run("verify", "--hash", "--json")).as(err.toString()).isZero();
    JsonNode summary = json().get(0);
    assertThat(summary.get("whole").asBoolean()).isTrue();
    assertThat(summary.get("files").asInt()).isEqualTo(30);
    assertThat(summary.get("withoutDigest").asInt()).isZero();
    assertThat(summary.get("bytesRead").asLong()).isEqualTo(index.totalBytes());
    assertThat(run("reindex")).isZero();
    assertThat(audit()).contains("recording.verified").doesNotContain("recording.reindexed");
  }

  @Test
  void eachFaultIsNamedAndTheIndexIsMadeAgain() throws Exception {
    Files.delete(path(recorded.get(2)));
    index.remove(recorded.get(5));
    byte[] bytes = Files.readAllBytes(path(recorded.get(9)));
    bytes[2000] ^= 1;
    Files.write(path(recorded.get(9)), bytes);

    assertThat(run("verify", "--presence")).isEqualTo(1);
    assertThat(out.toString())
        .contains("missing    " + recorded.get(2).file(), "unknown    " + recorded.get(5).file())
        .doesNotContain(recorded.get(9).file());
    assertThat(run("verify", "--hash", "--json")).isEqualTo(1);
    assertThat(json())
        .extracting(line -> line.path("fault").asText())
        .containsExactly("missing", "unknown", "changed", "");

    assertThat(run("reindex", "--json")).as("only looked at").isEqualTo(1);
    assertThat(json())
        .extracting(line -> line.path("difference").asText())
        .containsExactly("removed", "added", "");
    assertThat(index.count()).isEqualTo(29);
    assertThat(run("reindex", "--apply")).as(out + " " + err).isZero();
    assertThat(index.find(recorded.get(5).file())).isPresent();
    assertThat(index.find(recorded.get(2).file())).isEmpty();
    assertThat(run("verify", "--size")).isZero();
    assertThat(audit()).contains("recording.reindexed");
  }

  @Test
  void aDiskThatIsNotMountedEmptiesNoIndex() throws Exception {
    Files.move(folder.resolve("recordings"), folder.resolve("elsewhere"));

    assertThat(run("reindex", "--apply", "--remove-any-number")).isEqualTo(1);
    assertThat(out.toString()).contains("the disk is not mounted; the index has 30 of its files");
    assertThat(index.count()).isEqualTo(30);
    assertThat(run("verify", "--json")).isEqualTo(1);
    assertThat(json().get(0).get("fault").asText()).isEqualTo("disk");
    assertThat(json().get(1).get("missingDisks").asInt()).isEqualTo(1);

    // Somebody says that it is a new disk: the old one is at no folder, and keeps its rows.
    Files.createDirectory(folder.resolve("recordings"));
    Files.writeString(folder.resolve("recordings/kydai-disk"), "0123456789abcdef\n");
    assertThat(run("reindex", "--apply")).isEqualTo(1);
    assertThat(out.toString()).contains("it is at no configured folder");
    assertThat(index.count()).isEqualTo(30);
  }

  @Test
  void filesThatAreGoneFromADiskThatIsThereEmptyNoIndexUnlessItIsSaid() throws Exception {
    Files.move(folder.resolve("recordings").resolve(GATE.value()), folder.resolve("elsewhere"));

    assertThat(run("reindex", "--apply")).isEqualTo(1);
    assertThat(out.toString()).contains("NOTHING WAS CHANGED", "mounted?");
    assertThat(index.count()).isEqualTo(30);
    assertThat(run("reindex", "--apply", "--remove-any-number")).isZero();
    assertThat(index.count()).isZero();
  }

  @Test
  void whatRetentionDeletedIsShownAndAChangedRecordIsNamed() throws Exception {
    Path evidence = Files.createDirectory(folder.resolve("evidence"));
    SigningKey key = SigningKey.open(folder.resolve("evidence-key.pem"), evidence);
    String sha256 = index.find(recorded.get(0).file()).orElseThrow().sha256();
    assertThat(index.release(recorded.get(0), DeletionReason.AGE)).isTrue();
    Files.delete(path(recorded.get(0)));
    Clock later = Clock.offset(Clock.systemUTC(), Duration.ofHours(2));
    assertThat(new Deletions(node, key, new AuditLog(node, later), later).sealDue()).isTrue();

    assertThat(run("deletions", "--json")).isZero();
    assertThat(json().get(0).get("document").asText()).contains("\"reason\":\"AGE\"");
    assertThat(run("deletions", "--files=1", "--json")).isZero();
    assertThat(json().get(0).get("sha256").asText()).isEqualTo(sha256);
    assertThat(audit()).contains("audit.read", "recordings.deleted");
    assertThat(run("verify")).as(out + " " + err).isZero();
    assertThat(out.toString()).contains("1 records of deletions, which list 1 files, 0 faults");

    node.inTransaction(db -> db.execute("UPDATE recording_deleted_file SET reason = 'SIZE'"));
    assertThat(run("verify")).isEqualTo(1);
    assertThat(out.toString())
        .contains("deletion   record 1 lists other files than were signed", "NOT WHOLE");
    node.inTransaction(db -> db.execute("DELETE FROM recording_deletion"));
    assertThat(run("verify", "--json")).isEqualTo(1);
    assertThat(json().get(0).get("what").asText()).contains("is missing");
  }

  @Test
  void twoDepthsAreWrongUsage() {
    assertThat(run("verify", "--hash", "--size")).isEqualTo(2);
  }
}
