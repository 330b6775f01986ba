package io.kydai.console.http.api;

import static java.util.Objects.requireNonNull;

import io.kydai.console.audit.AuditLog;
import io.kydai.console.users.Directory;
import io.kydai.console.users.FirstAdministrator;
import io.kydai.console.users.Sessions;

/** The people of a node, as the HTTP server asks for them. */
public record Identity(
    Directory directory, Sessions sessions, FirstAdministrator first, AuditLog audit) {
  public Identity {
    requireNonNull(directory);
    requireNonNull(sessions);
    requireNonNull(first);
    requireNonNull(audit);
  }
}
