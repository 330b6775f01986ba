package io.kydai.console.attachments;

import static java.util.Objects.requireNonNull;

import io.kydai.console.audit.Actor;
import io.kydai.console.audit.AuditEvent;
import io.kydai.console.audit.AuditEventType;
import io.kydai.console.audit.AuditLog;
import io.kydai.console.audit.RequestOrigin;
import io.kydai.console.reports.InvalidReportRequestException;
import io.kydai.console.reports.Report;
import io.kydai.console.reports.ReportId;
import io.kydai.console.reports.ReportQueue;
import io.kydai.console.reports.StepNote;
import io.kydai.console.store.Database;
import io.kydai.console.store.Ulids;
import io.kydai.streaming.proof.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The attachments of reports. A file is on the disk before its row and its entry in the audit are
 * written, which are one transaction; a file without a row, as a crash may leave it, is deleted at
 * the next start. The bytes are kept as they came: nothing is re-encoded and nothing taken out. A
 * file with Exif data, which may tell a place, is therefore not taken for the public.
 *
 * <p>The methods wait for the database and the disk.
 *
 * <table>
 * <caption>Bounds</caption>
 * <tr><td>a file</td><td>{@value #MAX_SIZE} bytes; longer ones are refused</td></tr>
 * <tr><td>attachments of a report</td><td>{@value #MAX_ATTACHMENTS}; further ones are refused</td></tr>
 * <tr><td>a name</td><td>{@value #MAX_NAME} characters; longer ones are refused</td></tr>
 * <tr><td>files without a row that are deleted</td><td>{@value #MAX_DELETED}; of more, none is</td></tr>
 * </table>
 */
public final class Attachments {
  /** The most bytes of a file. */
  public static final int MAX_SIZE = 8 * 1024 * 1024;

  static final int MAX_DELETED = 64;

  private static final int MAX_ATTACHMENTS = 20;
  private static final int MAX_NAME = 200;
  private static final int BATCH = 500;
  private static final Logger LOG = LoggerFactory.getLogger(Attachments.class);

  private final Database database;
  private final AttachmentFolder folder;
  private final AuditLog audit;
  private final Clock clock;
  private final Ulids ids;

  /**
   * Creates the attachments of a database, and deletes what a crash left.
   *
   * @param evidence the folder of the evidence
   * @throws UncheckedIOException when the folder cannot be used
   */
  public Attachments(Database database, Path evidence, AuditLog audit, Clock clock) {
    this.database = requireNonNull(database);
    this.folder = new AttachmentFolder(evidence);
    this.audit = requireNonNull(audit);
    this.clock = requireNonNull(clock);
    ids = new Ulids(clock);
    deleteOrphans();
  }

  private void deleteOrphans() {
    try {
      List<AttachmentFolder.Stored> orphans = new ArrayList<>();
      List<AttachmentFolder.Stored> all = folder.all();
      for (int from = 0; from < all.size(); from += BATCH) {
        List<AttachmentFolder.Stored> batch = all.subList(from, Math.min(all.size(), from + BATCH));
        Set<String> known = new HashSet<>(known(batch));
        batch.stream().filter(one -> !known.contains(one.id())).forEach(orphans::add);
      }
      if (orphans.size() > MAX_DELETED) {
        LOG.warn(
            "{} attachments are in no report; none is deleted, because the database may not belong"
                + " to this evidence",
            orphans.size());
        return;
      }
      for (AttachmentFolder.Stored orphan : orphans) {
        LOG.warn("deleted {} of report {}, which a crash left", orphan.id(), orphan.report());
        folder.delete(orphan.path());
      }
    } catch (IOException e) {
      throw new UncheckedIOException("attachments: cannot read their folder", e);
    }
  }

  private Set<String> known(List<AttachmentFolder.Stored> batch) {
    return database.inSnapshot(
        db -> AttachmentTable.known(db, batch.stream().map(AttachmentFolder.Stored::id).toList()));
  }

  /**
   * Attaches a file to a report. The same bytes a second time are the attachment that is there, so
   * that a request whose answer got lost can be sent again.
   *
   * @param open whether it may be shown to whoever reported it
   * @throws InvalidReportRequestException when the bytes are too many or of another format, the
   *     name cannot be one, the report has too many attachments, or Exif data would become public
   * @throws UncheckedIOException when the disk does not take it
   */
  public Attachment add(
      Report report, String name, boolean open, byte[] bytes, Actor actor, RequestOrigin origin) {
    FileFormat format = format(bytes);
    boolean exif = format.hasExif(bytes);
    if (open && exif) {
      throw new InvalidReportRequestException(
          "public", "the file has Exif data, which may tell a place; send it without");
    }
    Attachment wanted =
        new Attachment(
            ids.next(),
            report.id(),
            clock.instant().truncatedTo(ChronoUnit.MILLIS),
            actor.name(),
            open,
            checked(name),
            format,
            bytes.length,
            Sha256.hex(bytes),
            exif);
    Optional<Attachment> there = database.inSnapshot(db -> same(db, wanted));
    if (there.isPresent()) {
      return there.get();
    }
    Path file = folder.path(report.id(), wanted.id(), format);
    Attachment stored = wanted;
    try {
      folder.write(report.id(), wanted.id(), format, bytes);
      stored = database.inTransaction(db -> insert(db, report, wanted, actor, origin));
      return stored;
    } catch (IOException e) {
      throw new UncheckedIOException("attachments: the disk does not take a file", e);
    } catch (RuntimeException e) {
      folder.delete(file);
      throw e;
    } finally {
      if (!stored.id().equals(wanted.id())) {
        folder.delete(file);
      }
    }
  }

  private Attachment insert(
      Handle db, Report report, Attachment wanted, Actor actor, RequestOrigin origin) {
    Optional<Attachment> there = same(db, wanted);
    if (there.isPresent()) {
      return there.get();
    }
    if (AttachmentTable.of(db, report.id()).size() >= MAX_ATTACHMENTS) {
      throw new InvalidReportRequestException(
          "body", "the report has " + MAX_ATTACHMENTS + " attachments already");
    }
    AttachmentTable.insert(db, wanted);
    audit.append(
        db,
        AuditEvent.of(AuditEventType.REPORT_ATTACHED, actor, origin)
            .camera(report.origin().camera().value())
            .report(report.id().value())
            .detail("attachment", wanted.id())
            .detail("sha256", wanted.sha256())
            .detail("public", wanted.open()));
    return wanted;
  }

  private static Optional<Attachment> same(Handle db, Attachment wanted) {
    return AttachmentTable.of(db, wanted.report()).stream()
        .filter(one -> one.sha256().equals(wanted.sha256()))
        .findFirst();
  }

  /**
   * Checks that bytes can be an attachment.
   *
   * @throws InvalidReportRequestException when they are too many, or of another format
   */
  public static void checkFormat(byte[] bytes) {
    format(bytes);
  }

  private static FileFormat format(byte[] bytes) {
    if (bytes.length > MAX_SIZE) {
      throw new InvalidReportRequestException("body", "at most " + MAX_SIZE + " bytes are taken");
    }
    return FileFormat.of(bytes)
        .orElseThrow(
            () ->
                new InvalidReportRequestException(
                    "body", "a JPEG, PNG or PDF file is expected, by its content"));
  }

  /** Characters that are not seen could make a name look like another one. */
  private static String checked(String name) {
    String stripped = name.strip();
    boolean bad =
        stripped
            .codePoints()
            .anyMatch(
                c ->
                    Character.isISOControl(c)
                        || Character.getType(c) == Character.FORMAT
                        || c == '/'
                        || c == '\\');
    if (stripped.isEmpty() || stripped.length() > MAX_NAME || bad) {
      throw new InvalidReportRequestException(
          "name", "a file's name of 1 to " + MAX_NAME + " characters is expected");
    }
    return stripped;
  }

  /**
   * Removes an attachment: its row, a note in the history of the report and the entry in the audit
   * are one transaction, and its file is deleted after it. Where a crash comes between, the file is
   * deleted at the next start. What was removed can be attached again.
   *
   * @param reports the queue of its report
   * @param reason why, which the history and the audit have
   * @return whether it was there
   */
  public boolean remove(
      ReportQueue reports, Attachment one, String reason, Actor actor, RequestOrigin origin) {
    AtomicBoolean removed = new AtomicBoolean();
    reports.annotate(
        one.report(),
        "removed the attachment " + one.name() + ": " + reason,
        new StepNote(
            StepNote.Code.ATTACHMENT_REMOVED, Map.of("name", one.name(), "reason", reason)),
        actor,
        (db, report) -> {
          removed.set(AttachmentTable.delete(db, one.id()));
          if (removed.get()) {
            audit.append(
                db,
                AuditEvent.of(AuditEventType.ATTACHMENT_REMOVED, actor, origin)
                    .camera(report.origin().camera().value())
                    .report(report.id().value())
                    .reason(reason)
                    .detail("attachment", one.id())
                    .detail("sha256", one.sha256())
                    .detail("public", one.open()));
          }
          return removed.get();
        });
    if (removed.get()) {
      folder.delete(file(one));
    }
    return removed.get();
  }

  /** Returns the attachments of a report, the oldest first. */
  public List<Attachment> of(ReportId report) {
    return database.inSnapshot(db -> AttachmentTable.of(db, report));
  }

  /** Returns an attachment of a report; empty when it has none of that id. */
  public Optional<Attachment> find(ReportId report, String id) {
    return database.inSnapshot(db -> AttachmentTable.find(db, report, id));
  }

  /** Returns the file of an attachment. */
  public Path file(Attachment attachment) {
    return folder.path(attachment.report(), attachment.id(), attachment.format());
  }
}
