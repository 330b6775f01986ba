package io.kydai.console.audit;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of entries, newest first.
 *
 * @param entries the entries
 * @param next the cursor of the next page; null on the last page
 */
public record AuditPage(List<AuditEntry> entries, @Nullable String next) {
  public AuditPage {
    entries = List.copyOf(entries);
  }
}
