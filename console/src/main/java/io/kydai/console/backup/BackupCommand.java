package io.kydai.console.backup;

import io.kydai.console.audit.AuditEvent;
import io.kydai.console.audit.AuditEventType;
import io.kydai.console.audit.RequestOrigin;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes a backup, see {@link Backup}. */
@Command(
    name = "backup",
    description = {
      "Writes the database, the evidence, the keys and the configuration into one encrypted file,",
      "also while the node works."
    })
public final class BackupCommand implements Callable<Integer> {
  @Spec
  @SuppressWarnings("NullAway.Init")
  private CommandSpec command;

  @Mixin
  @SuppressWarnings("NullAway.Init")
  private NodeFiles files;

  @Option(
      names = "--passphrase-file",
      paramLabel = "FILE",
      description =
          "the passphrase, at least 12 characters, in the first line of a file (default:"
              + " KYDAI_BACKUP_PASSPHRASE in the environment, or the terminal)")
  private @Nullable Path passphrase;

  @Parameters(paramLabel = "BACKUP", description = "the file to write, which does not exist")
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
          BackupSource source = files.source();
          Backup.Written written =
              Backup.write(
                  source, backup, Passphrase.read(passphrase, System::getenv), Clock.systemUTC());
          CommandOutcome.record(
              source.database(),
              AuditEvent.of(AuditEventType.BACKUP_MADE, CommandOutcome.actor(), RequestOrigin.NONE)
                  .detail("file", backup.getFileName().toString())
                  .detail("sha256", written.sha256()));
          long rows = written.manifest().tables().stream().mapToLong(TableContent::rows).sum();
          return json
              ? CommandOutcome.json(
                  "backup",
                  backup.toString(),
                  "made-at",
                  written.manifest().madeAt(),
                  "rows",
                  rows,
                  "files",
                  written.files(),
                  "bytes",
                  written.bytes(),
                  "sha256",
                  written.sha256())
              : "%s: %d rows and %d files of %s, %d bytes"
                  .formatted(
                      backup, rows, written.files(), written.manifest().madeAt(), written.bytes());
        });
  }
}
