package io.kydai.console.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kydai.console.csv.CsvCell;
import io.kydai.console.store.Database;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An export of consecutive entries, oldest first. At most {@value AuditLog#BATCH} entries are in
 * memory; each batch is read in a snapshot of its own, so that a slow reader of the export does not
 * keep the database from cleaning up.
 */
public final class AuditExport {
  /** The format of an export. */
  public enum Format {
    /** JSON Lines: one entry on each line, in canonical form. */
    JSONL("application/jsonl"),
    /** RFC 4180 with a heading, in UTF-8 with a byte order mark, which spreadsheets need. */
    CSV("text/csv; charset=utf-8");

    private final String mediaType;

    Format(String mediaType) {
      this.mediaType = mediaType;
    }

    /** Returns the media type for HTTP. */
    public String mediaType() {
      return mediaType;
    }
  }

  private final Database database;
  private final AuditTable.Span span;
  private final Format format;

  private AuditExport(Database database, AuditTable.Span span, Format format) {
    this.database = database;
    this.span = span;
    this.format = format;
  }

  /**
   * Chooses the entries from the first that is not before {@code since} to the last that is before
   * {@code until}; both are unbounded when they are null. Entries that are appended later are not
   * among them.
   */
  static AuditExport of(
      Database database, @Nullable Instant since, @Nullable Instant until, Format format) {
    return new AuditExport(
        database, database.inSnapshot(db -> AuditTable.span(db, since, until)), format);
  }

  /**
   * Writes the export. The stream is flushed, and not closed.
   *
   * @return the number of written entries
   * @throws IOException when the stream fails
   */
  public long writeTo(OutputStream out) throws IOException {
    if (format == Format.CSV) {
      out.write(("\ufeff" + String.join(",", AuditEntry.COLUMNS) + "\r\n").getBytes(UTF_8));
    }
    long written = 0;
    long last = span.first() - 1;
    while (last < span.last()) {
      long from = last;
      List<AuditEntry> page = database.inSnapshot(db -> AuditTable.after(db, from, AuditLog.BATCH));
      if (page.isEmpty()) {
        break;
      }
      for (AuditEntry entry : page) {
        last = entry.number();
        if (last > span.last()) {
          break;
        }
        out.write((format == Format.CSV ? csv(entry) : entry.json() + "\n").getBytes(UTF_8));
        written++;
      }
    }
    out.flush();
    return written;
  }

  private static String csv(AuditEntry entry) {
    StringBuilder line = new StringBuilder();
    for (String cell : entry.cells()) {
      if (!line.isEmpty()) {
        line.append(',');
      }
      line.append(CsvCell.of(cell));
    }
    return line.append("\r\n").toString();
  }
}
