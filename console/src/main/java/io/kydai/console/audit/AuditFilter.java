package io.kydai.console.audit;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A search in the audit; an entry that is found fulfils all conditions that are not null.
 *
 * @param since the earliest time, inclusive
 * @param until the latest time, exclusive
 * @param actor the id or the name of the actor
 * @param type the type of the event
 * @param camera the id of the camera
 * @param report the id of the report
 * @param limit the largest number of entries on a page, 1 to {@value AuditLog#MAX_PAGE}
 * @param cursor {@link AuditPage#next} of the page before; null for the first page
 */
public record AuditFilter(
    @Nullable Instant since,
    @Nullable Instant until,
    @Nullable String actor,
    @Nullable AuditEventType type,
    @Nullable String camera,
    @Nullable String report,
    int limit,
    @Nullable String cursor) {

  /** Returns a filter that finds all entries. */
  public static AuditFilter all(int limit) {
    return new AuditFilter(null, null, null, null, null, null, limit, null);
  }
}
