package io.kydai.console.admin;

import io.kydai.console.audit.AuditLog;
import io.kydai.console.audit.RequestOrigin;
import io.kydai.console.store.Database;
import io.kydai.console.users.Account;
import io.kydai.console.users.Directory;
import io.kydai.console.users.Grant;
import io.kydai.console.users.Role;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The commands on accounts. */
@Command(name = "user", description = "adds, changes and lists accounts")
final class UserCommand implements Runnable {
  private final PasswordInput passwords;

  @Spec private CommandSpec spec;

  // Picocli sets the annotated fields before the command runs.
  @SuppressWarnings("NullAway.Init")
  UserCommand(PasswordInput passwords) {
    this.passwords = passwords;
  }

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "A command is needed: add, password, disable, enable or list.");
  }

  private static Directory directory(Database database) {
    Clock clock = Clock.systemUTC();
    return new Directory(database, new AuditLog(database, clock), clock);
  }

  @Command(
      name = "add",
      description = "adds an account; its password is typed, or the first line of standard input")
  int add(
      @Mixin NodeOptions node,
      @Parameters(paramLabel = "NAME", description = "the name for logging in") String name,
      @Option(
              names = "--role",
              paramLabel = "ROLE",
              required = true,
              description =
                  "operator, reviewer, agency-officer, investigator, administrator, auditor or"
                      + " integrator, on every camera; may be given several times")
          List<String> roles,
      @Option(
              names = "--display-name",
              paramLabel = "TEXT",
              description = "the person's name (default: NAME)")
          @Nullable String displayName,
      @Option(
              names = "--agency",
              paramLabel = "TEXT",
              description = "the agency whose reports an agency officer sees")
          @Nullable String agency)
      throws IOException {
    List<Grant> grants = new ArrayList<>();
    for (String role : roles) {
      grants.add(
          Grant.of(
              Role.of(role)
                  .orElseThrow(
                      () ->
                          new ParameterException(
                              spec.commandLine(), "--role: there is no such role."))));
    }
    String password = passwords.read();
    try (Database database = node.open()) {
      Account added =
          directory(database)
              .add(
                  name,
                  displayName == null ? name : displayName,
                  agency,
                  grants,
                  password,
                  NodeOptions.actor(),
                  RequestOrigin.NONE);
      new Output(spec, node).write("Account " + added.name() + " was added.", shown(added));
      return 0;
    }
  }

  @Command(
      name = "password",
      description = {
        "gives an account another password, which is typed, or the first line of standard input.",
        "The account's sessions end."
      })
  int password(@Mixin NodeOptions node, @Parameters(paramLabel = "NAME") String name)
      throws IOException {
    String password = passwords.read();
    try (Database database = node.open()) {
      Directory directory = directory(database);
      Account account = named(directory, name);
      Account changed =
          directory.setPassword(
              account.id().value(), password, NodeOptions.actor(), RequestOrigin.NONE);
      new Output(spec, node)
          .write("Account " + changed.name() + " has another password.", shown(changed));
      return 0;
    }
  }

  @Command(name = "disable", description = "disables an account, whose sessions end at once")
  int disable(@Mixin NodeOptions node, @Parameters(paramLabel = "NAME") String name) {
    return enable(node, name, false);
  }

  @Command(name = "enable", description = "enables an account that was disabled")
  int enable(@Mixin NodeOptions node, @Parameters(paramLabel = "NAME") String name) {
    return enable(node, name, true);
  }

  private int enable(NodeOptions node, String name, boolean enabled) {
    try (Database database = node.open()) {
      Directory directory = directory(database);
      Account account = named(directory, name);
      Account changed =
          directory.change(
              account.id().value(),
              account.version(),
              account.displayName(),
              enabled,
              account.agency(),
              account.grants(),
              NodeOptions.actor(),
              RequestOrigin.NONE);
      new Output(spec, node)
          .write(
              "Account " + changed.name() + " is " + (enabled ? "enabled." : "disabled."),
              shown(changed));
      return 0;
    }
  }

  private static Account named(Directory directory, String name) {
    return directory
        .accountNamed(name)
        .orElseThrow(() -> new AdminException("There is no account of that name."));
  }

  @Command(name = "list", description = "lists the accounts")
  int list(@Mixin NodeOptions node) {
    try (Database database = node.open()) {
      List<Account> accounts = directory(database).accounts();
      String words =
          accounts.stream()
              .map(
                  account ->
                      "%-24s %-9s %s"
                          .formatted(
                              account.name(),
                              account.enabled() ? "" : "disabled",
                              String.join(", ", roles(account))))
              .collect(Collectors.joining(System.lineSeparator()));
      new Output(spec, node)
          .write(words, Map.of("accounts", accounts.stream().map(UserCommand::shown).toList()));
      return 0;
    }
  }

  private static List<String> roles(Account account) {
    return account.grants().stream().map(grant -> grant.role().wire()).distinct().toList();
  }

  private static Map<String, Object> shown(Account account) {
    Map<String, Object> shown = new LinkedHashMap<>();
    shown.put("id", account.id().value());
    shown.put("name", account.name());
    shown.put("display-name", account.displayName());
    shown.put("enabled", account.enabled());
    if (account.agency() != null) {
      shown.put("agency", account.agency());
    }
    shown.put("roles", roles(account));
    return shown;
  }
}
