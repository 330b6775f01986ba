package io.kydai.console.attachments;

import static java.util.Objects.requireNonNull;

import io.kydai.console.reports.ReportId;
import java.time.Instant;

/**
 * A file that somebody attached to a report. Its bytes are as they came.
 *
 * @param id a ULID
 * @param report that it belongs to
 * @param actor the name of the person who attached it
 * @param open whether it may be shown to whoever reported it; otherwise it is for the desk and the
 *     agencies alone
 * @param name as whoever attached it called it
 * @param format by its content
 * @param size in bytes
 * @param sha256 of its bytes, in hexadecimal digits
 * @param exif whether it has Exif data, which may tell where and with what it was taken
 */
public record Attachment(
    String id,
    ReportId report,
    Instant at,
    String actor,
    boolean open,
    String name,
    FileFormat format,
    long size,
    String sha256,
    boolean exif) {
  public Attachment {
    requireNonNull(id);
    requireNonNull(report);
    requireNonNull(at);
    requireNonNull(actor);
    requireNonNull(name);
    requireNonNull(format);
    requireNonNull(sha256);
  }
}
