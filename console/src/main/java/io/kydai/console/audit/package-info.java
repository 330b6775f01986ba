/**
 * The audit: who did what, when, from where, and to which camera or report.
 *
 * <p>Enters: events, each in the database transaction of the action that it describes. Leaves:
 * pages of entries, exports as JSON Lines and CSV, and the result of a verification.
 *
 * <p>The entries are chained: each has the SHA-256 of the entry before it and of itself, so that a
 * changed, removed or inserted entry is found by {@link io.kydai.console.audit.AuditLog#verify}.
 * The catalogue of the types of events is {@link io.kydai.console.audit.AuditEventType}, from which
 * {@code docs/audit-events.md} is made.
 *
 * <p>The package owns the table {@code audit}. It knows no accounts: an actor is an id and a name.
 */
@NullMarked
package io.kydai.console.audit;

import org.jspecify.annotations.NullMarked;
