package io.kydai.console.admin;

import io.kydai.console.audit.AuditLog;
import io.kydai.console.audit.RequestOrigin;
import io.kydai.console.store.Database;
import io.kydai.console.users.ApiToken;
import io.kydai.console.users.Directory;
import io.kydai.console.users.Permission;
import io.kydai.console.users.Scope;
import io.kydai.ingest.source.CameraId;
import io.kydai.models.document.DurationText;
import java.time.Clock;
import java.time.Instant;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The commands on the tokens of programs. */
@Command(name = "token", description = "creates, revokes and lists tokens of programs")
final class TokenCommand implements Runnable {
  @Spec private CommandSpec spec;

  // Picocli sets the annotated fields before the command runs.
  @SuppressWarnings("NullAway.Init")
  TokenCommand() {}

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "A command is needed: create, revoke or list.");
  }

  private static Directory directory(Database database) {
    Clock clock = Clock.systemUTC();
    return new Directory(database, new AuditLog(database, clock), clock);
  }

  @Command(name = "create", description = "creates a token, which is shown this once")
  int create(
      @Mixin NodeOptions node,
      @Parameters(paramLabel = "NAME", description = "what the token is for") String name,
      @Option(
              names = "--permission",
              paramLabel = "PERMISSION",
              required = true,
              split = ",",
              description =
                  "such as live or metrics, see docs/permissions.md; several, or with commas")
          List<String> permissions,
      @Option(
              names = "--camera",
              paramLabel = "ID",
              split = ",",
              description = "the cameras on which it holds (default: every camera)")
          @Nullable List<String> cameras,
      @Option(
              names = "--expires-in",
              paramLabel = "DURATION",
              description = "such as 90d (default: never)")
          @Nullable String expiresIn) {
    Set<Permission> held = EnumSet.noneOf(Permission.class);
    for (String permission : permissions) {
      held.add(
          Permission.of(permission)
              .orElseThrow(() -> wrong("--permission: there is no such permission.")));
    }
    Instant expiresAt =
        expiresIn == null
            ? null
            : Instant.now()
                .plus(
                    DurationText.read(expiresIn)
                        .orElseThrow(() -> wrong("--expires-in: such as 90d is expected.")));
    Scope scope = cameras == null ? Scope.EVERYTHING : scope(cameras);
    try (Database database = node.open()) {
      Directory.NewToken made =
          directory(database)
              .addToken(name, held, scope, expiresAt, NodeOptions.actor(), RequestOrigin.NONE);
      Map<String, Object> value = shown(made.token());
      value.put("secret", made.secret());
      new Output(spec, node)
          .write(
              "Token "
                  + made.token().id()
                  + " was created. It is shown this once:\n"
                  + made.secret(),
              value);
      return 0;
    }
  }

  private Scope scope(List<String> cameras) {
    try {
      return Scope.of(cameras.stream().map(CameraId::new).toArray(CameraId[]::new));
    } catch (IllegalArgumentException e) {
      throw wrong("--camera: the id of a camera is expected.");
    }
  }

  private ParameterException wrong(String message) {
    return new ParameterException(spec.commandLine(), message);
  }

  @Command(name = "revoke", description = "revokes a token at once")
  int revoke(
      @Mixin NodeOptions node,
      @Parameters(paramLabel = "ID", description = "the id that 'token list' shows") String id) {
    try (Database database = node.open()) {
      directory(database).removeToken(id, NodeOptions.actor(), RequestOrigin.NONE);
      new Output(spec, node).write("Token " + id + " was revoked.", Map.of("id", id));
      return 0;
    }
  }

  @Command(name = "list", description = "lists the tokens, without their secrets")
  int list(@Mixin NodeOptions node) {
    try (Database database = node.open()) {
      List<ApiToken> tokens = directory(database).tokens();
      String words =
          tokens.stream()
              .map(
                  token ->
                      "%s %-24s %s%s"
                          .formatted(
                              token.id(),
                              token.name(),
                              permissions(token),
                              token.expiresAt() == null ? "" : " until " + token.expiresAt()))
              .collect(Collectors.joining(System.lineSeparator()));
      new Output(spec, node)
          .write(words, Map.of("tokens", tokens.stream().map(TokenCommand::shown).toList()));
      return 0;
    }
  }

  private static List<String> permissions(ApiToken token) {
    return token.permissions().stream().sorted().map(Permission::wire).toList();
  }

  private static Map<String, Object> shown(ApiToken token) {
    Map<String, Object> shown = new LinkedHashMap<>();
    shown.put("id", token.id().value());
    shown.put("name", token.name());
    shown.put("permissions", permissions(token));
    if (!token.scope().everything()) {
      shown.put("cameras", token.scope().cameras().stream().map(CameraId::value).sorted().toList());
    }
    if (token.expiresAt() != null) {
      shown.put("expires-at", token.expiresAt().toString());
    }
    shown.put("created-at", token.createdAt().toString());
    shown.put("created-by", token.createdBy());
    return shown;
  }
}
