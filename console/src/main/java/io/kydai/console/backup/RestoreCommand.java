package io.kydai.console.backup;

import io.kydai.console.audit.AuditEvent;
import io.kydai.console.audit.AuditEventType;
import io.kydai.console.audit.RequestOrigin;
import io.kydai.console.store.DatabaseAddress;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Restores a backup, see {@link Restore}. */
@Command(
    name = "restore",
    description = {
      "Makes a data folder of a backup, and fills the database. The configuration is put there as",
      "configuration.yaml."
    })
public final class RestoreCommand implements Callable<Integer> {
  @Spec
  @SuppressWarnings("NullAway.Init")
  private CommandSpec command;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      required = true,
      description = "the data folder to make, which is empty or does not exist")
  @SuppressWarnings("NullAway.Init")
  private Path data;

  @Option(
      names = "--database-file",
      paramLabel = "FILE",
      description =
          "a file with the address of an empty PostgreSQL database to fill,"
              + " postgresql://user:password@host/name (default: SQLite in the data folder)")
  private @Nullable Path database;

  @Option(
      names = "--passphrase-file",
      paramLabel = "FILE",
      description =
          "the passphrase in the first line of a file (default: KYDAI_BACKUP_PASSPHRASE in the"
              + " environment, or the terminal)")
  private @Nullable Path passphrase;

  @Parameters(paramLabel = "BACKUP", description = "the file to read")
  @SuppressWarnings("NullAway.Init")
  private Path backup;

  @Option(names = "--json", description = "print one JSON object")
  private boolean json;

  @Option(names = "--help", usageHelp = true, description = "show this and end")
  private boolean help;

  @Override
  public Integer call() {
    return CommandOutcome.of(
        command,
        () -> {
          DatabaseAddress server =
              database == null ? null : AddressText.read("file:" + database, System::getenv);
          Manifest manifest =
              Restore.read(backup, Passphrase.read(passphrase, System::getenv), data, server);
          CommandOutcome.record(
              server == null ? DatabaseAddress.file(data.resolve("kydai.db")) : server,
              AuditEvent.of(
                      AuditEventType.BACKUP_RESTORED, CommandOutcome.actor(), RequestOrigin.NONE)
                  .detail("file", backup.getFileName().toString())
                  .detail("made", Instant.parse(manifest.madeAt())));
          long rows = manifest.tables().stream().mapToLong(TableContent::rows).sum();
          return json
              ? CommandOutcome.json(
                  "data", data.toString(), "made-at", manifest.madeAt(), "rows", rows)
              : "%s: %d rows, as they were at %s".formatted(data, rows, manifest.madeAt());
        });
  }
}
