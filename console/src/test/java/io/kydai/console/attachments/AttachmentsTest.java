package io.kydai.console.attachments;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.kydai.console.TestClock;
import io.kydai.console.audit.Actor;
import io.kydai.console.audit.AuditEntry;
import io.kydai.console.audit.AuditFilter;
import io.kydai.console.audit.AuditLog;
import io.kydai.console.audit.RequestOrigin;
import io.kydai.console.reports.Alerts;
import io.kydai.console.reports.InvalidReportRequestException;
import io.kydai.console.reports.Report;
import io.kydai.console.reports.ReportOutbox;
import io.kydai.console.reports.ReportQueue;
import io.kydai.console.store.Database;
import io.kydai.console.store.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AttachmentsTest {
  private static final Actor TUAN = new Actor(Actor.Kind.ACCOUNT, "01A", "tuan");
  private static final String JPEG = "\u00ff\u00d8\u00ff\u00e0\0\4ab";
  private static final String WITH_EXIF =
      "\u00ff\u00d8\u00ff\u00e0\0\4ab\u00ff\u00e1\0\12Exif\0\0\0\0\u00ff\u00da";
  private static final String PNG = "\u0089PNG\r\n\32\n\0\0\0\15IHDR";

  @TempDir Path folder;
  private final TestClock clock = new TestClock(Instant.parse("2026-11-22T09:00:00Z"));
  private Path evidence;
  private Database database;
  private AuditLog audit;
  private Report report;
  private Attachments attachments;

  @BeforeEach
  void open() {
    evidence = folder.resolve("evidence");
    database = TestDatabase.open(folder.resolve("kydai.db"));
    audit = new AuditLog(database, clock);
    report =
        new ReportQueue(database, ReportOutbox.NONE, clock).receive(Alerts.opened("a1"), List.of());
    attachments = start();
  }

  @AfterEach
  void close() {
    database.close();
  }

  private Attachments start() {
    return new Attachments(database, evidence, audit, clock);
  }

  private Attachment add(String name, boolean open, String content) {
    return attachments.add(
        report, name, open, content.getBytes(ISO_8859_1), TUAN, RequestOrigin.NONE);
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> all = Files.walk(evidence)) {
      return all.filter(Files::isRegularFile).toList();
    }
  }

  @Test
  void aFileIsKeptAsItCameForTheNodesUserAloneAndInTheAudit() throws Exception {
    Attachment added = add(" xong.jpg ", false, WITH_EXIF);
    assertThat(added.name()).isEqualTo("xong.jpg");
    assertThat(added.exif()).isTrue();
    assertThat(attachments.of(report.id())).containsExactly(added);
    assertThat(attachments.find(report.id(), added.id())).contains(added);
    Path file = attachments.file(added);
    assertThat(Files.readAllBytes(file)).isEqualTo(WITH_EXIF.getBytes(ISO_8859_1));
    assertThat(files()).containsExactly(file);
    AuditEntry entry = audit.list(AuditFilter.all(9)).entries().get(0);
    assertThat(entry.type()).isEqualTo("report.attached");
    assertThat(entry.report()).isEqualTo(report.id().value());
    assertThat(entry.details()).contains(added.id(), added.sha256()).doesNotContain("xong");
    assumeThat(file.getFileSystem().supportedFileAttributeViews()).contains("posix");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  @Test
  void theSameBytesAgainAreTheAttachmentThatIsThere() throws Exception {
    Attachment first = add("a.jpg", false, JPEG);
    assertThat(add("b.jpg", false, JPEG)).isEqualTo(first);
    assertThat(attachments.of(report.id())).hasSize(1);
    assertThat(files()).hasSize(1);
    assertThat(audit.list(AuditFilter.all(9)).entries())
        .filteredOn(entry -> entry.type().equals("report.attached"))
        .hasSize(1);
  }

  @Test
  void theFormatIsThatOfTheContentWhateverTheNameSays() {
    assertThat(add("a.exe", true, PNG).format()).isEqualTo(FileFormat.PNG);
    assertThat(add("a.png", true, "%PDF-1.7").format()).isEqualTo(FileFormat.PDF);
    assertThat(add("a.pdf", true, JPEG).exif()).isFalse();
    assertThat(add("b.png", false, PNG + "eXIf").exif()).isTrue();
  }

  @Test
  void whatIsNoPictureOrWouldTellAPlaceLeavesNothing() throws Exception {
    for (String content : List.of("", "<svg/>", "GIF89a", "\u00ff\u00d8", "x%PDF-")) {
      refused("a.jpg", false, content, "body");
    }
    refused("a.jpg", false, JPEG + "x".repeat(Attachments.MAX_SIZE), "body");
    refused("a.jpg", true, WITH_EXIF, "public");
    for (String name :
        List.of(" ", "../a.jpg", "a\\b", "a\u202Egpj.exe", "a\nb", "x".repeat(201))) {
      refused(name, false, JPEG, "name");
    }
    assertThat(files()).isEmpty();
    assertThat(attachments.of(report.id())).isEmpty();
  }

  private void refused(String name, boolean open, String content, String field) {
    assertThatThrownBy(() -> add(name, open, content))
        .isInstanceOfSatisfying(
            InvalidReportRequestException.class,
            refusal -> assertThat(refusal.field()).isEqualTo(field));
  }

  @Test
  void aTwentyFirstIsRefusedAndLeavesNoFile() throws Exception {
    for (int i = 0; i < 20; i++) {
      add("a.jpg", false, JPEG + i);
    }
    refused("a.jpg", false, JPEG + "more", "body");
    assertThat(files()).hasSize(20);
  }

  @Test
  void whatACrashLeftIsDeletedAtTheNextStartAndNothingElse() throws Exception {
    Path kept = attachments.file(add("a.jpg", false, JPEG));
    Path half = evidence.resolve("attachments").resolve(".partial").resolve("half");
    Files.writeString(half, "ha");
    Path orphan = kept.resolveSibling("01JA0000000000000000000000.jpg");
    Files.writeString(orphan, "whole, and in no transaction");
    Path foreign = kept.resolveSibling("readme.txt");
    Files.writeString(foreign, "somebody's");
    start();
    assertThat(files()).containsExactlyInAnyOrder(kept, foreign);
  }

  @Test
  void filesOfAnotherDatabaseAreKept() throws Exception {
    Path place = attachments.file(add("a.jpg", false, JPEG));
    for (int i = 0; i <= Attachments.MAX_DELETED; i++) {
      Files.writeString(
          place.resolveSibling("01JA00000000000000000000%02d.jpg".formatted(i)), "other");
    }
    start();
    assertThat(files()).hasSize(Attachments.MAX_DELETED + 2);
  }
}
