package io.kydai.console.http.api.people;

import io.kydai.console.http.answer.ApiReply;
import io.kydai.console.http.contract.ApiCall;
import io.kydai.console.http.server.Endpoints;
import io.kydai.console.users.AccountId;
import io.kydai.console.users.ApiToken;
import io.kydai.console.users.Directory;
import io.kydai.console.users.Permission;
import io.kydai.console.users.Scope;
import io.kydai.console.users.ScopeJson;
import io.vertx.core.WorkerExecutor;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The operations on the tokens of programs. */
public final class TokenApi {
  private final Directory directory;

  public TokenApi(Directory directory) {
    this.directory = directory;
  }

  /**
   * @param desk runs what waits for the database
   */
  public void register(Endpoints endpoints, WorkerExecutor desk) {
    endpoints
        .on("listTokens", desk, this::list)
        .on("addToken", desk, this::add)
        .on("removeToken", desk, this::remove);
  }

  private ApiReply list(ApiCall call) {
    Map<AccountId, Instant> used = directory.tokensUsed();
    return ApiReply.json(
        new TokenList(
            directory.tokens().stream()
                .map(token -> TokenAnswer.of(token, used.get(token.id())))
                .toList()));
  }

  /** The contract's {@code NewToken}. */
  private record NewToken(
      String name, List<String> permissions, @Nullable ScopeJson on, @Nullable String expiresAt) {}

  private ApiReply add(ApiCall call) {
    NewToken body = call.body(NewToken.class);
    Set<Permission> permissions =
        body.permissions().stream()
            .flatMap(name -> Permission.of(name).stream())
            .collect(Collectors.toSet());
    Directory.NewToken made =
        AccountApi.changing(
            () ->
                directory.addToken(
                    body.name(),
                    permissions,
                    body.on() == null ? Scope.EVERYTHING : body.on().scope(),
                    body.expiresAt() == null ? null : ApiCall.time("expires-at", body.expiresAt()),
                    call.actor(),
                    call.origin()));
    return ApiReply.json(
        201, new MadeToken(TokenAnswer.of(made.token(), null), made.secret()), Map.of());
  }

  private ApiReply remove(ApiCall call) {
    return AccountApi.changing(
        () -> {
          directory.removeToken(call.path("id"), call.actor(), call.origin());
          return ApiReply.done();
        });
  }

  /** The contract's {@code Token}. */
  private record TokenAnswer(
      String id,
      String name,
      List<String> permissions,
      ScopeJson on,
      Instant createdAt,
      String createdBy,
      @Nullable Instant expiresAt,
      @Nullable Instant lastUsedAt) {
    static TokenAnswer of(ApiToken token, @Nullable Instant used) {
      return new TokenAnswer(
          token.id().value(),
          token.name(),
          token.permissions().stream().map(Permission::wire).sorted().toList(),
          ScopeJson.of(token.scope()),
          token.createdAt(),
          token.createdBy(),
          token.expiresAt(),
          used);
    }
  }

  /** The contract's {@code TokenList}. */
  private record TokenList(List<TokenAnswer> tokens) {}

  /** The contract's {@code MadeToken}. */
  private record MadeToken(TokenAnswer token, String secret) {}
}
