package io.kydai.console.http.api.people;

import io.kydai.console.http.answer.ApiReply;
import io.kydai.console.http.answer.Problem;
import io.kydai.console.http.contract.ApiCall;
import io.kydai.console.http.server.Endpoints;
import io.kydai.console.users.Account;
import io.kydai.console.users.Directory;
import io.kydai.console.users.Grant;
import io.kydai.console.users.InvalidPeopleException;
import io.kydai.console.users.PeopleConflictException;
import io.kydai.console.users.Permission;
import io.kydai.console.users.Role;
import io.kydai.console.users.ScopeJson.GrantJson;
import io.kydai.console.users.UnknownPeopleException;
import io.vertx.core.WorkerExecutor;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The operations on accounts and their rights. */
public final class AccountApi {
  private static final String ALL = "/api/v1/accounts";

  private final Directory directory;

  public AccountApi(Directory directory) {
    this.directory = directory;
  }

  /**
   * @param desk runs what waits for the database
   * @param logIns runs what hashes passwords, of which few may run at a time
   */
  public void register(Endpoints endpoints, WorkerExecutor desk, WorkerExecutor logIns) {
    endpoints
        .on("listAccounts", desk, this::list)
        .on("addAccount", logIns, this::add)
        .on("getAccount", desk, call -> ApiReply.json(AccountAnswer.of(find(call))))
        .on("replaceAccount", desk, this::replace)
        .on("removeAccount", desk, this::remove)
        .on("setPassword", logIns, this::setPassword)
        .on("listRoles", desk, call -> ApiReply.json(RoleList.ALL));
  }

  /**
   * Runs a change of people.
   *
   * @throws Problem 400, 404 or 409, for the mistakes of the request
   */
  static <T> T changing(Supplier<T> change) {
    try {
      return change.get();
    } catch (InvalidPeopleException e) {
      throw Problem.badField(e.field(), e);
    } catch (UnknownPeopleException e) {
      throw Problem.of(404, e);
    } catch (PeopleConflictException e) {
      throw Problem.of(409, e);
    }
  }

  private Account find(ApiCall call) {
    String id = call.path("id");
    return directory.account(id).orElseThrow(() -> Problem.notFound("account " + id));
  }

  private ApiReply list(ApiCall call) {
    return ApiReply.json(
        new AccountList(directory.accounts().stream().map(AccountAnswer::of).toList()));
  }

  /** The contract's {@code NewAccount}. */
  private record NewAccount(
      String name,
      @Nullable String displayName,
      @Nullable String agency,
      List<GrantJson> grants,
      String password) {}

  private ApiReply add(ApiCall call) {
    NewAccount body = call.body(NewAccount.class);
    Account added =
        changing(
            () ->
                directory.add(
                    body.name(),
                    Optional.ofNullable(body.displayName()).orElse(body.name()),
                    body.agency(),
                    grants(body.grants()),
                    body.password(),
                    call.actor(),
                    call.origin()));
    return ApiReply.json(201, AccountAnswer.of(added), Map.of("Location", ALL + "/" + added.id()));
  }

  private static List<Grant> grants(List<GrantJson> grants) {
    return grants.stream().map(GrantJson::grant).toList();
  }

  /** The contract's {@code AccountReplacement}. */
  private record Replacement(
      String displayName,
      boolean enabled,
      @Nullable String agency,
      List<GrantJson> grants,
      long version) {}

  private ApiReply replace(ApiCall call) {
    Replacement body = call.body(Replacement.class);
    return ApiReply.json(
        AccountAnswer.of(
            changing(
                () ->
                    directory.change(
                        find(call).id().value(),
                        body.version(),
                        body.displayName(),
                        body.enabled(),
                        body.agency(),
                        grants(body.grants()),
                        call.actor(),
                        call.origin()))));
  }

  private ApiReply remove(ApiCall call) {
    return changing(
        () -> {
          directory.remove(find(call).id().value(), call.actor(), call.origin());
          return ApiReply.done();
        });
  }

  /** The contract's {@code NewPassword}. */
  private record NewPassword(String password) {}

  private ApiReply setPassword(ApiCall call) {
    String password = call.body(NewPassword.class).password();
    return changing(
        () -> {
          directory.setPassword(find(call).id().value(), password, call.actor(), call.origin());
          return ApiReply.done();
        });
  }

  /** The contract's {@code Account}. */
  private record AccountAnswer(
      String id,
      String name,
      String displayName,
      boolean enabled,
      @Nullable String agency,
      List<GrantJson> grants,
      long version) {
    static AccountAnswer of(Account account) {
      return new AccountAnswer(
          account.id().value(),
          account.name(),
          account.displayName(),
          account.enabled(),
          account.agency(),
          account.grants().stream().map(GrantJson::of).toList(),
          account.version());
    }
  }

  /** The contract's {@code AccountList}. */
  private record AccountList(List<AccountAnswer> accounts) {}

  /** The contract's {@code RoleList}. */
  private record RoleList(List<RoleAnswer> roles) {
    static final RoleList ALL =
        new RoleList(Arrays.stream(Role.values()).map(RoleAnswer::of).toList());
  }

  private record RoleAnswer(String name, List<String> permissions) {
    static RoleAnswer of(Role role) {
      return new RoleAnswer(
          role.wire(), role.permissions().stream().map(Permission::wire).toList());
    }
  }
}
