package io.kydai.console.cases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kydai.console.TestClock;
import io.kydai.console.activity.ActivityReader;
import io.kydai.console.audit.Actor;
import io.kydai.console.audit.AuditEntry;
import io.kydai.console.audit.AuditEventType;
import io.kydai.console.audit.AuditFilter;
import io.kydai.console.audit.AuditLog;
import io.kydai.console.audit.RequestOrigin;
import io.kydai.console.cases.ExportedCase.Failure;
import io.kydai.console.cases.ExportedCase.State;
import io.kydai.console.evidence.SoftwareVersion;
import io.kydai.console.http.api.RecordedCamera;
import io.kydai.console.recordings.AlertDays;
import io.kydai.console.recordings.DeletionList;
import io.kydai.console.recordings.Holds;
import io.kydai.console.recordings.RecordingLibrary;
import io.kydai.console.recordings.RecordingTable;
import io.kydai.console.store.Database;
import io.kydai.console.store.TestDatabase;
import io.kydai.ingest.source.CameraId;
import io.kydai.streaming.playback.SegmentFiles;
import io.kydai.streaming.privacy.Redaction;
import io.kydai.streaming.proof.CaseCheck;
import io.kydai.streaming.proof.Check;
import io.kydai.streaming.proof.Sha256;
import io.kydai.streaming.proof.SigningKey;
import io.kydai.streaming.recording.index.DeletionReason;
import io.kydai.streaming.recording.index.RecordedStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Cases of two cameras that recorded 12 s, nothing for 8 s, and 4 s more. */
@Timeout(60)
class CasesTest {
  private static final CameraId GATE = new CameraId("gate");
  private static final CameraId PARK = new CameraId("park");
  private static final Instant START = Instant.parse("2026-11-28T08:00:00Z");
  private static final Actor LAN = new Actor(Actor.Kind.ACCOUNT, "a1", "Lan");
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;
  private final TestClock clock = new TestClock(START.plus(Duration.ofHours(1)));
  private Database database;
  private AuditLog audit;
  private RecordingTable index;
  private RecordingLibrary library;
  private SigningKey key;
  private Cases cases;

  @BeforeEach
  void record() throws Exception {
    database = TestDatabase.open(folder.resolve("kydai.db"));
    audit = new AuditLog(database, clock);
    index = new RecordingTable(database, clock);
    Path recordings = folder.resolve("recordings");
    library =
        new RecordingLibrary(
            SegmentFiles.in(recordings),
            index,
            new Holds(database, audit, clock),
            new DeletionList(database),
            new ActivityReader(folder.resolve("activity")),
            new AlertDays(database),
            Optional::empty);
    Files.createDirectories(folder.resolve("evidence"));
    key = SigningKey.open(folder.resolve("key.pem"), folder.resolve("evidence"));
    for (CameraId camera : List.of(GATE, PARK)) {
      RecordedCamera.record(recordings, index, camera, START, 500, 300, 100);
    }
    cases = cases(1 << 30, 0, nanos -> {});
  }

  private final CaseRenderer renderer =
      new CaseRenderer(
          (camera, since, reader) -> {}, new Redaction(null), ZoneId.of("Asia/Ho_Chi_Minh"));

  private Cases cases(long mostBytes, long leastFree, LongConsumer rest) {
    return new Cases(
        database,
        audit,
        library,
        key,
        () -> Optional.of("17:" + "a".repeat(64)),
        camera -> camera.equals(GATE) ? Optional.of(0.25) : Optional.empty(),
        renderer,
        new CaseSettings(folder.resolve("cases"), mostBytes, leastFree, Duration.ofDays(30)),
        clock,
        rest);
  }

  @AfterEach
  void close() {
    cases.close();
    database.close();
  }

  private static ExportedCase.Wish wish(Instant from, Instant to, CameraId... cameras) {
    return new ExportedCase.Wish(
        "Ngược chiều Lê Lợi",
        "Công văn 118",
        "dòng một\ndòng hai",
        Stream.of(cameras).map(id -> new ExportedCase.Camera(id, "Camera " + id)).toList(),
        from,
        to);
  }

  private ExportedCase ask(CameraId... cameras) {
    return cases.ask(
        wish(START.plusSeconds(2), START.plusSeconds(30), cameras), LAN, RequestOrigin.NONE);
  }

  private ExportedCase await(ExportedCase asked) {
    for (; ; ) {
      ExportedCase now = cases.find(asked.id()).orElseThrow();
      if (!now.state().isUnderWay()) {
        return now;
      }
      LockSupport.parkNanos(1_000_000);
    }
  }

  private List<AuditEntry> entries(AuditEventType type) {
    return audit.list(new AuditFilter(null, null, null, type, null, null, 50, null)).entries();
  }

  private Path archive(ExportedCase one) {
    return cases.file(one).orElseThrow();
  }

  @Test
  void aCaseHasEachCamerasVideoAndASignedManifest() throws Exception {
    cases.start();
    ExportedCase made = await(ask(GATE, PARK));
    assertThat(made.state()).isEqualTo(State.DONE);
    Path archive = archive(made);
    assertThat(Files.size(archive)).isEqualTo(made.size());
    assertThat(Sha256.hex(Files.readAllBytes(archive))).isEqualTo(made.sha256());
    assertThat(made.expiresAt()).isEqualTo(clock.instant().plus(Duration.ofDays(30)));
    try (ZipFile zip = new ZipFile(archive.toFile())) {
      assertThat(zip.stream().map(ZipEntry::getName))
          .containsExactly(
              "gate-20261128T080002Z.mp4",
              "park-20261128T080002Z.mp4",
              "notes.txt",
              "manifest.json",
              "manifest.sig",
              "public-key.pem");
      JsonNode manifest =
          JSON.readTree(zip.getInputStream(zip.getEntry("manifest.json")).readAllBytes());
      checkManifest(manifest, made);
      assertThat(metadata(zip, "park-20261128T080002Z.mp4"))
          .contains("suep", "Kydai " + SoftwareVersion.of(), "Lan\0", "Camera park\0", "cstb");
      String notes =
          new String(
              zip.getInputStream(zip.getEntry("notes.txt")).readAllBytes(), StandardCharsets.UTF_8);
      assertThat(notes)
          .contains("Ngược chiều Lê Lợi", "Công văn 118", "Lan", "dòng một\r\ndòng hai\r\n")
          .contains("camera-lost");
    }
    Check check = CaseCheck.run(archive, null);
    assertThat(check.faults()).isEmpty();
    assertThat(check.files()).isEqualTo(3);
    assertThat(entries(AuditEventType.CASE_ASKED).get(0).json())
        .contains("Lan", "Công văn 118", "gate park");
    assertThat(entries(AuditEventType.CASE_MADE).get(0).json()).contains(made.sha256());
  }

  /** The last box of a video, which tells where it comes from. */
  private static String metadata(ZipFile zip, String name) throws IOException {
    String file =
        new String(
            zip.getInputStream(zip.getEntry(name)).readAllBytes(), StandardCharsets.ISO_8859_1);
    return file.substring(file.lastIndexOf("meta"));
  }

  private static void checkManifest(JsonNode manifest, ExportedCase made) {
    assertThat(manifest.get("kydai").asText()).isEqualTo("case-manifest");
    assertThat(manifest.get("software").asText()).isEqualTo("Kydai " + SoftwareVersion.of());
    assertThat(manifest.get("evidenceHead").asText()).startsWith("17:");
    assertThat(manifest.at("/case/id").asText()).isEqualTo(made.id());
    assertThat(manifest.at("/case/askedBy").asText()).isEqualTo("Lan");
    assertThat(manifest.at("/case/reason").asText()).isEqualTo("Công văn 118");
    assertThat(manifest.at("/cameras/0/name").asText()).isEqualTo("Camera gate");
    assertThat(manifest.at("/cameras/0/clock/cameraMinusServerSeconds").asDouble()).isEqualTo(0.25);
    assertThat(manifest.at("/cameras/1/clock/cameraMinusServerSeconds").isNull()).isTrue();
    assertThat(manifest.at("/cameras/0/gaps"))
        .extracting(
            gap ->
                gap.get("from").asText()
                    + " "
                    + gap.get("to").asText()
                    + " "
                    + gap.get("reason").asText())
        .containsExactly(
            START.plusSeconds(12) + " " + START.plusSeconds(20) + " camera-lost",
            START.plusSeconds(24) + " " + START.plusSeconds(30) + " unknown");
    JsonNode file = manifest.at("/files/0");
    assertThat(file.get("camera").asText()).isEqualTo("gate");
    assertThat(file.get("from").asText()).isEqualTo(START.plusSeconds(2).toString());
    assertThat(file.get("to").asText()).isEqualTo(START.plusSeconds(24).toString());
    assertThat(file.get("pictures").asInt()).isEqualTo(350);
    assertThat(file.get("timesByCameraClock").asDouble()).isZero();
    assertThat(file.get("keyFramesOnly")).isEmpty();
  }

  @Test
  void aChangedMissingOrAddedFileIsNamed() throws Exception {
    cases.start();
    Path archive = archive(await(ask(GATE)));
    byte[] whole = Files.readAllBytes(archive);
    byte[] changed = whole.clone();
    changed[whole.length / 2] ^= 1;
    Path other = Files.write(folder.resolve("changed.zip"), changed);
    Check check = CaseCheck.run(other, null);
    assertThat(check.faults()).hasSize(1);
    assertThat(check.faults().get(0).line())
        .startsWith("gate-20261128T080002Z.mp4: is not what it was; bytes 0-");

    Path unpacked = Files.createDirectories(folder.resolve("unpacked"));
    try (ZipFile zip = new ZipFile(archive.toFile())) {
      for (ZipEntry entry : zip.stream().toList()) {
        Files.copy(zip.getInputStream(entry), unpacked.resolve(entry.getName()));
      }
    }
    assertThat(CaseCheck.isCase(unpacked)).isTrue();
    assertThat(CaseCheck.run(unpacked, null).faults()).isEmpty();
    Files.delete(unpacked.resolve("notes.txt"));
    Files.writeString(unpacked.resolve("more.txt"), "more");
    assertThat(CaseCheck.run(unpacked, null).faults())
        .extracting(fault -> fault.file() + " " + fault.problem())
        .containsExactlyInAnyOrder("notes.txt is missing", "more.txt is not in the manifest");
    Path manifest = unpacked.resolve("manifest.json");
    Files.writeString(manifest, Files.readString(manifest).replace("Lan", "Han"));
    assertThat(CaseCheck.run(unpacked, null).faults())
        .extracting(fault -> fault.file())
        .containsExactly("manifest.json");
    SigningKey another =
        SigningKey.open(
            folder.resolve("other.pem"), Files.createDirectories(folder.resolve("other")));
    Path foreign = Files.writeString(folder.resolve("foreign.pem"), another.publicPem());
    assertThat(CaseCheck.run(archive, foreign).faults().get(0).problem())
        .contains("is signed by the key " + key.fingerprint());
  }

  private List<String> disks() {
    return List.of(index.newest(RecordedStream.main(GATE), 1).get(0).disk());
  }

  @Test
  void whatACaseStillNeedsIsNotDeleted() {
    assertThat(index.deletable(disks(), 100)).extracting(one -> one.camera()).contains(GATE, PARK);
    ExportedCase asked = ask(GATE);
    assertThat(index.deletable(disks(), 100)).extracting(one -> one.camera()).containsOnly(PARK);
    assertThat(index.release(index.newest(RecordedStream.main(GATE), 1).get(0), DeletionReason.AGE))
        .isFalse();
    assertThat(cases.delete(asked.id(), LAN, RequestOrigin.NONE)).isTrue();
    assertThat(index.deletable(disks(), 100)).extracting(one -> one.camera()).contains(GATE);
    assertThat(index.release(index.newest(RecordedStream.main(GATE), 1).get(0), DeletionReason.AGE))
        .isTrue();
  }

  @Test
  void whatWasBeingMadeBeginsAgainAndFailsByNameWhenItIsInterruptedAgainAndAgain()
      throws Exception {
    ExportedCase asked = ask(GATE);
    ExportedCase often = ask(PARK);
    database.inTransaction(db -> CaseTable.begin(db, asked.id()));
    for (int i = 0; i < CaseExports.ATTEMPTS; i++) {
      database.inTransaction(db -> CaseTable.begin(db, often.id()));
    }
    Path cases = Files.createDirectories(folder.resolve("cases"));
    Files.writeString(cases.resolve(asked.id() + ".partial"), "half");
    Files.writeString(cases.resolve("01JAAAAAAAAAAAAAAAAAAAAAAA.zip"), "of nobody");

    this.cases.start();
    assertThat(await(asked).state()).isEqualTo(State.DONE);
    ExportedCase failed = await(often);
    assertThat(failed.state()).isEqualTo(State.FAILED);
    assertThat(failed.failure()).isEqualTo(Failure.INTERRUPTED);
    try (Stream<Path> left = Files.list(cases)) {
      assertThat(left.map(file -> file.getFileName().toString()))
          .containsExactly(asked.id() + ".zip");
    }
  }

  @Test
  void aCaseThatIsBeingMadeIsEndedAndLeavesNothing() throws Exception {
    cases.close();
    ExportedCase[] asked = new ExportedCase[1];
    Cases[] all = new Cases[1];
    all[0] =
        cases(
            1 << 30,
            0,
            nanos -> {
              if (all[0].progress(asked[0].id()).isPresent()) {
                all[0].delete(asked[0].id(), LAN, RequestOrigin.NONE);
              }
            });
    cases = all[0];
    // The thread rests after 20 ms of work: until then it makes one case after another.
    cases.start();
    long end = System.nanoTime() + Duration.ofSeconds(50).toNanos();
    boolean ended = false;
    while (!ended && System.nanoTime() < end) {
      asked[0] = ask(GATE, PARK);
      while (cases.find(asked[0].id()).filter(one -> one.state().isUnderWay()).isPresent()) {
        LockSupport.parkNanos(100_000);
      }
      ended = cases.find(asked[0].id()).isEmpty();
    }
    assertThat(ended).isTrue();
    assertThat(entries(AuditEventType.CASE_DELETED).get(0).json()).contains("\"running\"");
    ExportedCase after = ask(GATE);
    while (cases.find(after.id()).filter(one -> one.state() == State.QUEUED).isPresent()) {
      LockSupport.parkNanos(100_000);
    }
    assertThat(folder.resolve("cases").resolve(asked[0].id() + ".zip")).doesNotExist();
    assertThat(folder.resolve("cases").resolve(asked[0].id() + ".partial")).doesNotExist();
  }

  @Test
  void whatCannotBeMadeFailsByName() {
    cases.start();
    ExportedCase nothing =
        cases.ask(
            wish(START.minusSeconds(600), START.minusSeconds(500), GATE), LAN, RequestOrigin.NONE);
    assertThat(await(nothing).failure()).isEqualTo(Failure.NOTHING_RECORDED);
    cases.close();
    cases = cases(50_000, 0, nanos -> {});
    cases.start();
    assertThat(await(ask(GATE)).failure()).isEqualTo(Failure.TOO_LARGE);
    cases.close();
    cases = cases(1 << 30, Long.MAX_VALUE, nanos -> {});
    cases.start();
    assertThat(await(ask(GATE)).failure()).isEqualTo(Failure.DISK_FULL);
    assertThat(entries(AuditEventType.CASE_FAILED))
        .extracting(entry -> entry.details())
        .anyMatch(details -> details.contains("too-large"))
        .anyMatch(details -> details.contains("disk-full"))
        .anyMatch(details -> details.contains("nothing-recorded"));
  }

  @Test
  void tooManyCasesAreRefused() {
    for (int i = 0; i < Cases.MOST_WAITING; i++) {
      ask(GATE);
    }
    assertThatThrownBy(() -> ask(GATE))
        .isInstanceOf(CaseRefusedException.class)
        .hasMessageContaining("20 cases that wait");
  }

  @Test
  void anArchiveThatWasKeptLongEnoughIsRemovedAndTheAuditSaysSo() throws Exception {
    cases.start();
    ExportedCase made = await(ask(GATE));
    Path archive = archive(made);
    clock.advance(Duration.ofDays(30).minusSeconds(1));
    cases.expire();
    assertThat(archive).exists();
    clock.advance(Duration.ofSeconds(1));
    cases.expire();
    assertThat(archive).doesNotExist();
    assertThat(cases.find(made.id()).orElseThrow().state()).isEqualTo(State.EXPIRED);
    assertThat(entries(AuditEventType.CASE_EXPIRED).get(0).json()).contains(made.sha256());
  }

  @Test
  void aLinkOpensItsCaseSoOftenAndUntilItExpiresOrIsRevoked() throws Exception {
    cases.start();
    ExportedCase made = await(ask(GATE));
    Instant expires = clock.instant().plus(Duration.ofDays(2));
    CaseLinks links = cases.links();
    CaseLinks.Made link = links.add(made, "luật sư", expires, 2, LAN, RequestOrigin.NONE);
    assertThat(link.toString()).doesNotContain(link.secret());
    assertThat(links.show(link.secret()).orElseThrow().exported().id()).isEqualTo(made.id());
    assertThat(links.show("unknown")).isEmpty();
    CaseLinks.Begun first = links.begin(link.secret(), RequestOrigin.NONE).orElseThrow();
    assertThat(links.goOn(made.id(), first.ticket())).isPresent();
    assertThat(links.goOn("another", first.ticket())).isEmpty();
    assertThat(links.goOn(made.id(), link.secret())).isEmpty();
    links.begin(link.secret(), RequestOrigin.NONE).orElseThrow();
    assertThat(links.begin(link.secret(), RequestOrigin.NONE)).isEmpty();
    assertThat(links.goOn(made.id(), first.ticket())).as("what was begun goes on").isPresent();
    assertThat(links.of(made.id()).get(0).downloads()).isEqualTo(2);
    clock.advance(CaseLinks.LASTING.plusSeconds(1));
    assertThat(links.goOn(made.id(), first.ticket())).isEmpty();

    CaseLinks.Made other = links.add(made, "tòa án", expires, 9, LAN, RequestOrigin.NONE);
    String ticket = links.begin(other.secret(), RequestOrigin.NONE).orElseThrow().ticket();
    links.revoke(made, other.link(), LAN, RequestOrigin.NONE);
    assertThat(links.show(other.secret())).isEmpty();
    assertThat(links.goOn(made.id(), ticket)).isEmpty();

    Instant soon = clock.instant().plus(Duration.ofHours(1));
    CaseLinks.Made brief = links.add(made, "một giờ", soon, 1, LAN, RequestOrigin.NONE);
    String last = links.begin(brief.secret(), RequestOrigin.NONE).orElseThrow().ticket();
    clock.advance(Duration.ofMinutes(59));
    assertThat(links.goOn(made.id(), last)).isPresent();
    clock.advance(Duration.ofMinutes(1));
    assertThat(links.goOn(made.id(), last)).as("no ticket outlives its link").isEmpty();

    CaseLinks.Made third = links.add(made, "báo chí", expires, 9, LAN, RequestOrigin.NONE);
    clock.advance(Duration.ofDays(2));
    assertThat(links.show(third.secret())).isEmpty();
    assertThat(entries(AuditEventType.CASE_LINK_USED)).hasSize(4);
    assertThat(entries(AuditEventType.CASE_LINK_USED).get(1).json())
        .contains(made.sha256(), other.link().id());
    for (AuditEntry entry :
        audit.list(new AuditFilter(null, null, null, null, null, null, 50, null)).entries()) {
      assertThat(entry.json()).doesNotContain(link.secret(), first.ticket());
    }
    assertThat(stored()).doesNotContain(link.secret()).doesNotContain(first.ticket());
  }

  /** The rows of links, as they are in the database. */
  private String stored() throws IOException {
    return database.inSnapshot(
        db -> db.createQuery("SELECT * FROM case_link").mapToMap().list().toString());
  }

  @Test
  void aLinkOfACaseThatIsDeletedOrNotMadeOpensNothing() {
    ExportedCase asked = ask(GATE);
    Instant expires = clock.instant().plus(Duration.ofDays(2));
    assertThatThrownBy(
            () -> cases.links().add(asked, "luật sư", expires, 2, LAN, RequestOrigin.NONE))
        .isInstanceOf(CaseRefusedException.class);
    cases.start();
    ExportedCase made = await(asked);
    CaseLinks.Made link = cases.links().add(made, "luật sư", expires, 2, LAN, RequestOrigin.NONE);
    assertThat(cases.delete(made.id(), LAN, RequestOrigin.NONE)).isTrue();
    assertThat(cases.links().show(link.secret())).isEmpty();
    assertThat(cases.links().begin(link.secret(), RequestOrigin.NONE)).isEmpty();
  }
}
