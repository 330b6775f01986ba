package io.kydai.console.admin;

import io.kydai.console.audit.AuditEvent;
import io.kydai.console.audit.AuditEventType;
import io.kydai.console.audit.AuditExport;
import io.kydai.console.audit.AuditLog;
import io.kydai.console.audit.RequestOrigin;
import io.kydai.console.audit.Verification;
import io.kydai.console.store.Database;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The commands on the audit. Each has an entry in the audit itself. */
@Command(name = "audit", description = "verifies and exports the audit")
final class AuditCommand implements Runnable {
  @Spec private CommandSpec spec;

  // Picocli sets the annotated fields before the command runs.
  @SuppressWarnings("NullAway.Init")
  AuditCommand() {}

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "A command is needed: verify or export.");
  }

  @Command(
      name = "verify",
      description = {
        "verifies every entry's hash and number; ends with 1 when the chain is not whole.",
        "Keep the printed hash elsewhere, and give it the next time with --known."
      })
  int verify(
      @Mixin NodeOptions node,
      @Option(
              names = "--known",
              paramLabel = "NUMBER:HASH",
              description = "the number and the hash of an entry that was noted before")
          @Nullable String known) {
    KnownEntry noted = known == null ? null : known(known);
    try (Database database = node.open()) {
      AuditLog audit = new AuditLog(database, Clock.systemUTC());
      Verification found = audit.verify();
      String fault = found.fault();
      if (fault == null && noted != null && !audit.hasEntry(noted.number(), noted.hash())) {
        fault = "there is no entry " + noted.number() + " with the noted hash";
      }
      audit.append(
          event(AuditEventType.AUDIT_VERIFIED)
              .detail("whole", fault == null)
              .detail("entries", found.entries())
              .detail("fault", fault));
      new Output(spec, node).write(words(found, fault), value(found, fault));
      return fault == null ? 0 : AdminCommand.FAILED;
    }
  }

  /** The number and the hash of an entry. */
  private record KnownEntry(long number, String hash) {}

  private KnownEntry known(String text) {
    if (!text.matches("[1-9][0-9]{0,17}:[0-9a-f]{64}")) {
      throw new ParameterException(
          spec.commandLine(), "--known: a number, a colon and 64 hexadecimal digits are expected.");
    }
    int colon = text.indexOf(':');
    return new KnownEntry(Long.parseLong(text.substring(0, colon)), text.substring(colon + 1));
  }

  private static String words(Verification found, @Nullable String fault) {
    return fault == null
        ? "The audit is whole: %d entries, from %d to %d. The newest is %d:%s"
            .formatted(found.entries(), found.first(), found.last(), found.last(), found.hash())
        : "THE AUDIT IS NOT WHOLE: %s (%d entries before it are right)"
            .formatted(fault, found.entries());
  }

  private static Map<String, Object> value(Verification found, @Nullable String fault) {
    Map<String, Object> value = new LinkedHashMap<>();
    value.put("whole", fault == null);
    value.put("entries", found.entries());
    value.put("first", found.first());
    value.put("last", found.last());
    value.put("hash", found.hash());
    if (fault != null) {
      value.put("fault", fault);
    }
    return value;
  }

  private static AuditEvent event(AuditEventType type) {
    return AuditEvent.of(type, NodeOptions.actor(), RequestOrigin.NONE);
  }

  @Command(name = "export", description = "writes consecutive entries, oldest first")
  int export(
      @Mixin NodeOptions node,
      @Option(
              names = "--format",
              paramLabel = "jsonl|csv",
              defaultValue = "jsonl",
              description = "JSON Lines, whose chain is verifiable, or CSV (default: jsonl)")
          AuditExport.Format format,
      @Option(
              names = "--since",
              paramLabel = "TIME",
              description = "from the first entry at or after a time such as 2026-11-28T00:00:00Z")
          @Nullable String since,
      @Option(
              names = "--until",
              paramLabel = "TIME",
              description = "to the last entry before a time")
          @Nullable String until,
      @Option(
              names = "--to",
              paramLabel = "FILE",
              description = "a file that does not exist yet (default: standard output)")
          @Nullable Path to)
      throws IOException {
    Instant from = since == null ? null : time("--since", since);
    Instant end = until == null ? null : time("--until", until);
    try (Database database = node.open()) {
      AuditLog audit = new AuditLog(database, Clock.systemUTC());
      AuditExport export = audit.export(from, end, format);
      audit.append(
          event(AuditEventType.AUDIT_EXPORTED)
              .detail("format", format)
              .detail("since", from)
              .detail("until", end));
      if (to == null) {
        export.writeTo(System.out);
        return 0;
      }
      long written;
      try (OutputStream out =
          Files.newOutputStream(to, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
        written = export.writeTo(out);
      }
      new Output(spec, node)
          .write(
              written + " entries are in " + to, Map.of("entries", written, "file", to.toString()));
      return 0;
    }
  }

  private Instant time(String option, String text) {
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException e) {
      throw new ParameterException(
          spec.commandLine(), option + ": a time such as 2026-11-28T00:00:00Z is expected.", e);
    }
  }
}
