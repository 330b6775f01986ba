package io.kydai.console.messages;

import io.kydai.console.messages.rules.Occasion;
import io.kydai.console.reports.ReportId;
import org.jspecify.annotations.Nullable;

/**
 * Something of which people are still to be told.
 *
 * @param id a ULID, the same in every attempt by every channel
 * @param agency whose officers are to hear of it; null for no agency's
 */
record PendingMessage(String id, Occasion occasion, ReportId report, @Nullable String agency) {}
