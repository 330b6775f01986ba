package io.kydai.console.recordings;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kydai.console.TestClock;
import io.kydai.console.audit.Actor;
import io.kydai.console.audit.AuditLog;
import io.kydai.console.audit.RequestOrigin;
import io.kydai.console.store.Database;
import io.kydai.console.store.TestDatabase;
import io.kydai.ingest.source.CameraId;
import io.kydai.streaming.proof.SignatureCheck;
import io.kydai.streaming.proof.SigningKey;
import io.kydai.streaming.recording.disk.SegmentNames;
import io.kydai.streaming.recording.index.DeletionReason;
import io.kydai.streaming.recording.index.Segment;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What retention deleted is recorded with it, signed, and whoever changes a record is found out.
 */
class DeletionsTest {
  private static final CameraId GATE = new CameraId("gate-1");
  private static final CameraId QUAY = new CameraId("quay");
  private static final Instant START = Instant.parse("2026-11-29T01:00:00Z");

  @TempDir Path folder;
  private final TestClock clock = new TestClock(Instant.parse("2026-12-01T00:00:00Z"));
  private final List<String> faults = new ArrayList<>();
  private Database database;
  private AuditLog audit;
  private SigningKey key;
  private RecordingTable index;
  private Deletions deletions;
  private DeletionList list;

  @BeforeEach
  void open() throws Exception {
    database = TestDatabase.open(folder.resolve("kydai.db"));
    audit = new AuditLog(database, clock);
    key = SigningKey.open(folder.resolve("key.pem"), folder);
    index = new RecordingTable(database, clock);
    deletions = new Deletions(database, key, audit, clock);
    list = new DeletionList(database);
  }

  @AfterEach
  void close() {
    database.close();
  }

  private static Segment segment(CameraId camera, int number) {
    Instant start = START.plusSeconds(300L * number);
    return new Segment(
        camera,
        camera + "/2026-11-29/2026112%d.mp4".formatted(1_000_000 + number),
        start,
        start.plusSeconds(300),
        1000 + number,
        false);
  }

  private void delete(CameraId camera, int number, DeletionReason reason) {
    Segment segment = segment(camera, number);
    index.close(segment, "%064x".formatted(number + 1));
    assertThat(index.release(segment, reason)).isTrue();
  }

  private boolean seal() {
    clock.advance(Duration.ofHours(1));
    return deletions.sealDue();
  }

  private DeletionCheck.Outcome check() throws Exception {
    faults.clear();
    return new DeletionCheck(
            database,
            audit,
            SignatureCheck.in(folder),
            (record, what) -> faults.add(record + " " + what))
        .run();
  }

  private void change(String sql) {
    database.inTransaction(db -> db.execute(sql));
  }

  @Test
  void aRecordSaysWhatWasDeletedOfWhichCameraAndWhy() throws Exception {
    delete(GATE, 1, DeletionReason.AGE);
    delete(GATE, 2, DeletionReason.AGE);
    delete(QUAY, 3, DeletionReason.FREE_SPACE);
    assertThat(deletions.sealDue()).as("within the hour").isFalse();
    assertThat(seal()).isTrue();
    assertThat(seal()).as("nothing new").isFalse();

    DeletionRecord record = list.before(Long.MAX_VALUE, 10).get(0);
    JsonNode json = new ObjectMapper().readTree(record.document());
    assertThat(json.get("previous").asText()).isEqualTo("0".repeat(64));
    assertThat(json.get("key").asText()).isEqualTo(key.fingerprint());
    assertThat(json.get("deletions").toString())
        .isEqualTo(
            "[{\"camera\":\"gate-1\",\"reason\":\"AGE\",\"from\":\"2026-11-29T01:05:00Z\","
                + "\"to\":\"2026-11-29T01:15:00Z\",\"files\":2,\"bytes\":2003},"
                + "{\"camera\":\"quay\",\"reason\":\"FREE_SPACE\",\"from\":\"2026-11-29T01:15:00Z\","
                + "\"to\":\"2026-11-29T01:20:00Z\",\"files\":1,\"bytes\":1003}]");
    assertThat(list.files(1)).extracting(DeletedFile::sha256).contains("%064x".formatted(2));
    assertThat(check().faults()).isZero();
    assertThat(check().files()).isEqualTo(3);
  }

  @Test
  void aRecordSaysWhatTookThePlaceOfAThinnedFile() throws Exception {
    Segment first = segment(GATE, 1);
    index.close(first, "%064x".formatted(1));
    Segment thinned =
        new Segment(
            GATE, SegmentNames.thinned(first.file()), first.start(), first.end(), 77, false);
    assertThat(index.thinning().complete(first, thinned, "%064x".formatted(2))).isTrue();
    assertThat(seal()).isTrue();

    assertThat(list.before(Long.MAX_VALUE, 1).get(0).document())
        .contains("{\"camera\":\"gate-1\",\"reason\":\"THINNED\"");
    assertThat(list.files(1).get(0).line())
        .startsWith(
            first.file() + " 1001 " + "%064x".formatted(1) + " THINNED 2026-11-29T01:05:00Z")
        .endsWith(" " + thinned.file() + " 77 " + "%064x".formatted(2) + "\n");
    assertThat(check().faults()).isZero();
    change("UPDATE recording_deleted_file SET new_sha256 = '%064x'".formatted(3));
    assertThat(check().faults()).isEqualTo(1);
  }

  @Test
  void aThousandFilesAreNotWaitedForAnHour() throws Exception {
    for (int i = 0; i < Deletions.MANY; i++) {
      assertThat(deletions.sealDue()).isFalse();
      delete(GATE, i, DeletionReason.SIZE);
    }
    assertThat(deletions.sealDue()).isTrue();
    assertThat(check().records()).isEqualTo(1);
  }

  @Test
  void footageThatAHoldKeptIsToldApart() {
    Holds holds = new Holds(database, audit, clock);
    Instant expires = clock.instant().plusSeconds(60);
    holds.add(
        GATE, START, START.plusSeconds(301), "case 7", expires, Actor.SYSTEM, RequestOrigin.NONE);
    Segment held = segment(GATE, 0);
    index.close(held, "%064x".formatted(9));
    assertThat(index.release(held, DeletionReason.AGE)).as("while it is held").isFalse();
    assertThat(index.released(10)).isEmpty();
    clock.advance(Duration.ofSeconds(61));
    assertThat(index.release(held, DeletionReason.AGE)).isTrue();
    delete(GATE, 5, DeletionReason.AGE);
    assertThat(seal()).isTrue();
    assertThat(list.files(1))
        .extracting(DeletedFile::reason)
        .containsExactly(DeletionReason.HOLD_EXPIRED, DeletionReason.AGE);
  }

  @Test
  void aFileThatTheDiskKeptWasNotDeleted() {
    delete(GATE, 1, DeletionReason.AGE);
    index.restore(index.released(1).get(0));
    assertThat(seal()).isFalse();
    assertThat(index.find(segment(GATE, 1).file())).isPresent();
    assertThat(index.find(segment(GATE, 1).file()).get().sha256()).isEqualTo("%064x".formatted(2));
  }

  @Test
  void eachChangeIsFoundOut() throws Exception {
    for (int i = 0; i < 5; i++) {
      delete(GATE, i, DeletionReason.AGE);
      assertThat(seal()).isTrue();
    }
    assertThat(check().faults()).isZero();

    change("UPDATE recording_deleted_file SET bytes = 1 WHERE record = 2");
    check();
    assertThat(faults).containsExactly("2 lists other files than were signed");

    change("DELETE FROM recording_deleted_file WHERE record = 2");
    check();
    assertThat(faults).containsExactly("2 lists 0 files and not 1");

    change("DELETE FROM recording_deletion WHERE number = 3");
    check();
    assertThat(faults).containsExactly("2 lists 0 files and not 1", "3 is missing");

    change(
        "UPDATE recording_deletion SET document = REPLACE(document, 'gate-1', 'gate-2')"
            + " WHERE number = 4");
    check();
    assertThat(faults)
        .contains(
            "4 was changed: it has not the digest that it had",
            "4 was changed: its signature is wrong");

    change("DELETE FROM recording_deletion WHERE number = 5");
    change("DELETE FROM recording_deleted_file WHERE record = 5");
    check();
    assertThat(faults).contains("5 is missing, and the audit tells of it");
  }

  @Test
  void aRecordByAnotherKeyIsFoundOut() throws Exception {
    delete(GATE, 1, DeletionReason.AGE);
    SigningKey other =
        SigningKey.open(folder.resolve("other.pem"), folder.resolve("..").normalize());
    clock.advance(Duration.ofHours(1));
    assertThat(new Deletions(database, other, audit, clock).sealDue()).isTrue();
    check();
    assertThat(faults)
        .containsExactly("1 is signed by a key that is not known: " + other.fingerprint());
  }

  @Test
  void listsAndRecordsAreBoundedAndTheChainSaysSo() throws Exception {
    Deletions few = new Deletions(database, key, audit, clock, 4, 6);
    for (int i = 0; i < 10; i++) {
      delete(GATE, 2 * i, DeletionReason.AGE);
      delete(QUAY, 2 * i + 1, DeletionReason.AGE);
      clock.advance(Duration.ofHours(1));
      assertThat(few.sealDue()).isTrue();
    }
    DeletionCheck.Outcome outcome = check();
    assertThat(faults).isEmpty();
    assertThat(outcome.records()).isEqualTo(6);
    assertThat(outcome.files()).isEqualTo(4);
    assertThat(outcome.newest()).isEqualTo(10);

    change("DELETE FROM recording_deletion WHERE number = 5");
    change("DELETE FROM recording_deleted_file WHERE record = 9");
    check();
    assertThat(faults).containsExactly("5 is missing", "9 lists 0 files and not 2");
  }
}
