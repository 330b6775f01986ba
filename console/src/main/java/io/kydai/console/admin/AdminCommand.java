package io.kydai.console.admin;

import io.kydai.console.backup.BackupCommand;
import io.kydai.console.backup.CopyDatabaseCommand;
import io.kydai.console.backup.RestoreCommand;
import io.kydai.console.doctor.DoctorCommand;
import io.kydai.console.store.StoreException;
import io.kydai.console.users.InvalidPeopleException;
import io.kydai.console.users.PeopleConflictException;
import io.kydai.console.users.UnknownPeopleException;
import io.kydai.models.document.ConfigException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command {@code scripts/admin}. */
@Command(
    name = "scripts/admin",
    usageHelpWidth = 100,
    description =
        "Looks after the accounts, tokens, audit, backups and recordings of a node, also while it"
            + " runs.",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:done, or what was verified is whole", "1:failed", "2:wrong usage"})
public final class AdminCommand implements Runnable {
  static final int FAILED = 1;
  static final int WRONG_USAGE = 2;

  @Spec private CommandSpec spec;

  @Option(names = "--help", usageHelp = true, description = "show this and end")
  private boolean help;

  // Picocli sets the annotated fields before the command runs.
  @SuppressWarnings("NullAway.Init")
  private AdminCommand() {}

  /** Ends the process with one of the exit codes above. */
  public static void main(String[] arguments) {
    System.exit(commandLine(new PasswordInput(System.in)).execute(arguments));
  }

  static CommandLine commandLine(InputStream passwords) {
    return commandLine(new PasswordInput(passwords));
  }

  private static CommandLine commandLine(PasswordInput passwords) {
    return new CommandLine(new AdminCommand())
        .addSubcommand(new AuditCommand())
        .addSubcommand(new UserCommand(passwords))
        .addSubcommand(new TokenCommand())
        .addSubcommand(new BackupCommand())
        .addSubcommand(new RestoreCommand())
        .addSubcommand(new CopyDatabaseCommand())
        .addSubcommand(new DoctorCommand())
        .addSubcommand(new ReindexCommand())
        .addSubcommand(new VerifyCommand())
        .addSubcommand(new DeletionsCommand())
        .setExpandAtFiles(false)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setParameterExceptionHandler(AdminCommand::wrongUsage)
        .setExecutionExceptionHandler((e, command, result) -> failed(e, command));
  }

  /** Picocli's own messages quote arguments, among which an address could hold a password. */
  private static int wrongUsage(ParameterException mistake, String[] arguments) {
    CommandLine command = mistake.getCommandLine();
    command.getErr().println(ShownMistake.of(mistake));
    command.usage(command.getErr());
    return WRONG_USAGE;
  }

  /** A fault of the outside is reported in words, and one of the program with its stack. */
  private static int failed(Exception e, CommandLine command) {
    if (e instanceof InvalidPeopleException invalid) {
      command.getErr().println(invalid.field() + ": " + invalid.getMessage());
    } else if (e instanceof StoreException
        || e instanceof ConfigException
        || e instanceof PeopleConflictException
        || e instanceof UnknownPeopleException
        || e instanceof AdminException
        || e instanceof IOException
        || e instanceof UncheckedIOException) {
      command.getErr().println(e.getMessage());
    } else {
      e.printStackTrace(command.getErr());
    }
    return FAILED;
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "A command is needed.");
  }
}
