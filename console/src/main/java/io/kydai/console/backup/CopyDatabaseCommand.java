package io.kydai.console.backup;

import io.kydai.console.store.Database;
import io.kydai.console.store.DatabaseAddress;
import java.nio.file.Files;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Copies a database to another one, see {@link DatabaseCopy}. */
@Command(
    name = "copy-database",
    description = {
      "Copies all tables from one database to an empty one, and compares their content. The node",
      "of the source must not run, so that nothing is written to it afterwards.",
      "An address is the path of a file of SQLite, postgresql://user:$${NAME}@host/name with a",
      "variable of the environment as its password, or file:PATH for an address in a file."
    })
public final class CopyDatabaseCommand implements Callable<Integer> {
  @Spec
  @SuppressWarnings("NullAway.Init")
  private CommandSpec command;

  @Option(names = "--from", paramLabel = "ADDRESS", required = true, description = "the source")
  @SuppressWarnings("NullAway.Init")
  private String from;

  @Option(names = "--to", paramLabel = "ADDRESS", required = true, description = "the target")
  @SuppressWarnings("NullAway.Init")
  private String to;

  @Option(names = "--json", description = "print one JSON object")
  private boolean json;

  @Option(names = "--help", usageHelp = true, description = "show this and end")
  private boolean help;

  @Override
  public Integer call() {
    return CommandOutcome.of(
        command,
        () -> {
          List<TableContent> tables;
          DatabaseAddress origin = AddressText.read(from, System::getenv);
          if (origin instanceof DatabaseAddress.SqliteFile file && !Files.exists(file.path())) {
            throw new CopyException("there is no file " + file.path(), null);
          }
          try (Database source = Database.open(origin);
              Database target = Database.open(AddressText.read(to, System::getenv))) {
            tables = DatabaseCopy.copy(source, target);
          }
          if (json) {
            return CommandOutcome.json("tables", tables);
          }
          StringBuilder lines = new StringBuilder();
          for (TableContent table : tables) {
            lines.append("%s  %10d  %s%n".formatted(table.sha256(), table.rows(), table.table()));
          }
          return lines.append("copied; the content of each table is equal in both").toString();
        });
  }
}
