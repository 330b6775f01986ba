package io.kydai.console.users;

import static java.util.Objects.requireNonNull;

import io.kydai.console.audit.Actor;
import io.kydai.console.audit.AuditEvent;
import io.kydai.console.audit.AuditEventType;
import io.kydai.console.audit.AuditLog;
import io.kydai.console.audit.RequestOrigin;
import io.kydai.console.store.Database;
import io.kydai.console.store.Ulids;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * The accounts, tokens and areas, in memory and in the database, and in memory which agencies stand
 * below which. A change, the end of the log-ins that it ends, and its entry in the audit are one
 * transaction. Any thread may read; the methods that change something wait for the disk.
 *
 * <table>
 * <caption>Bounds</caption>
 * <tr><td>accounts</td><td>{@value #MAX_ACCOUNTS}, further ones are refused</td></tr>
 * <tr><td>tokens</td><td>{@value #MAX_TOKENS}, further ones are refused</td></tr>
 * <tr><td>areas</td><td>{@value #MAX_AREAS}, further ones are refused</td></tr>
 * </table>
 */
public final class Directory {
  private static final int MAX_ACCOUNTS = 10_000;
  private static final int MAX_TOKENS = 1_000;
  private static final int MAX_AREAS = 1_000;

  private final Database database;
  private final AuditLog audit;
  private final Clock clock;
  private final PasswordCost cost;
  private final Ulids ids;
  private volatile People people;

  /** A token that was made, with its secret, which is shown this once. */
  public record NewToken(ApiToken token, String secret) {
    @Override
    public String toString() {
      return "NewToken[" + token.id() + "]";
    }
  }

  /** Reads what the database knows; passwords cost what OWASP recommends. */
  public Directory(Database database, AuditLog audit, Clock clock) {
    this(database, audit, clock, PasswordCost.OWASP);
  }

  /**
   * Reads what the database knows.
   *
   * @param cost of the passwords that are given from now on
   */
  public Directory(Database database, AuditLog audit, Clock clock, PasswordCost cost) {
    this.database = requireNonNull(database);
    this.audit = requireNonNull(audit);
    this.clock = requireNonNull(clock);
    this.cost = requireNonNull(cost);
    ids = new Ulids(clock);
    people = database.inSnapshot(PeopleTable::load);
  }

  People now() {
    return people;
  }

  Instant time() {
    return clock.instant();
  }

  /** A hash of no password that anybody has, which costs as much as that of a new account. */
  String hashOfNoOne() {
    return Passwords.hash(RandomSecret.generate().text(), cost);
  }

  /**
   * Records, in the transaction that changes the agencies of the site, that their officers may see
   * the reports of others. It holds after the next {@link #refresh}.
   */
  public static void agenciesChanged(Handle db) {
    PeopleTable.outdate(db);
  }

  /** Returns an agency and those that stand below it; an unknown one stands alone. */
  public Set<String> agenciesUnder(String id) {
    return people.under(id);
  }

  /** Reads everything anew when another process changed it, such as {@code scripts/admin}. */
  public void refresh() {
    if (database.inSnapshot(PeopleTable::version) != people.version()) {
      publish(database.inSnapshot(PeopleTable::load));
    }
  }

  private synchronized void publish(People newer) {
    if (newer.version() > people.version()) {
      people = newer;
    }
  }

  private People change(Consumer<Handle> work) {
    return database.inTransaction(
        db -> {
          work.accept(db);
          People after = PeopleTable.changed(db);
          if (!people.administrators().isEmpty() && after.administrators().isEmpty()) {
            throw new InvalidPeopleException("grants", "an enabled administrator who remains");
          }
          return after;
        },
        this::publish);
  }

  /** Returns the accounts in the order of their names. */
  public List<Account> accounts() {
    return List.copyOf(people.accounts().values());
  }

  /** Returns the account with an id; empty when there is none. */
  public Optional<Account> account(String id) {
    return Ulids.valid(id) ? people.account(new AccountId(id)) : Optional.empty();
  }

  /** Returns the account with a name, without regard to case; empty when there is none. */
  public Optional<Account> accountNamed(String name) {
    return people.named(name);
  }

  /**
   * Adds an account.
   *
   * @param password null for a person who logs in elsewhere
   * @throws InvalidPeopleException when a value or the password cannot be taken
   * @throws PeopleConflictException when the name is taken
   */
  public Account add(
      String name,
      String displayName,
      @Nullable String agency,
      List<Grant> grants,
      @Nullable String password,
      Actor actor,
      RequestOrigin origin) {
    return add(name, displayName, agency, grants, password, actor, origin, (db, account) -> {});
  }

  /**
   * Adds an account, with work in the same transaction.
   *
   * @param with gets the account when its row is there
   * @throws InvalidPeopleException when a value or the password cannot be taken
   * @throws PeopleConflictException when the name is taken
   */
  public Account add(
      String name,
      String displayName,
      @Nullable String agency,
      List<Grant> grants,
      @Nullable String password,
      Actor actor,
      RequestOrigin origin,
      BiConsumer<Handle, Account> with) {
    Account account =
        new Account(new AccountId(ids.next()), name, displayName, true, agency, grants, 1);
    String hash = null;
    if (password != null) {
      PasswordPolicy.check(password, name);
      hash = Passwords.hash(password, cost);
    }
    String stored = hash;
    change(
        db -> {
          People before = PeopleTable.load(db);
          if (before.named(name).isPresent()) {
            throw new PeopleConflictException("There is an account of that name already.");
          }
          if (before.accounts().size() >= MAX_ACCOUNTS) {
            throw new InvalidPeopleException("name", MAX_ACCOUNTS + " accounts at most");
          }
          PeopleTable.insert(db, account, stored, clock.instant());
          with.accept(db, account);
          audit.append(
              db,
              AuditEvent.of(AuditEventType.ACCOUNT_ADDED, actor, origin)
                  .detail("account", account.id().value())
                  .detail("name", account.name())
                  .detail("after", ShownPeople.account(account)));
        });
    return account;
  }

  /**
   * Changes what an account is called, whether it is enabled, its agency and its grants. Its
   * log-ins end.
   *
   * @param version that the caller knows
   * @throws UnknownPeopleException when there is no such account
   * @throws PeopleConflictException when it was changed since
   * @throws InvalidPeopleException when a value cannot be taken, or no administrator would remain
   */
  public Account change(
      String id,
      long version,
      String displayName,
      boolean enabled,
      @Nullable String agency,
      List<Grant> grants,
      Actor actor,
      RequestOrigin origin) {
    Account known = existing(id);
    People after =
        change(
            db -> {
              Account before = stored(db, known.id());
              if (before.version() != version) {
                throw new PeopleConflictException(
                    "The account has been changed since it was read. Read it again, and try anew.");
              }
              Account changed = before.with(displayName, enabled, agency, grants);
              PeopleTable.update(db, changed);
              SessionTable.deleteOfAccount(db, changed.id());
              audit.append(
                  db,
                  AuditEvent.of(AuditEventType.ACCOUNT_CHANGED, actor, origin)
                      .detail("account", changed.id().value())
                      .detail("name", changed.name())
                      .detail(
                          "changes",
                          ShownPeople.changes(
                              ShownPeople.account(before), ShownPeople.account(changed))));
            });
    return after.account(known.id()).orElseThrow();
  }

  private static Account stored(Handle db, AccountId id) {
    return PeopleTable.load(db)
        .account(id)
        .orElseThrow(() -> new UnknownPeopleException("account", id.value()));
  }

  private Account existing(String id) {
    return account(id).orElseThrow(() -> new UnknownPeopleException("account", id));
  }

  /**
   * Removes an account. Its log-ins end; what it did stays in the audit under its name.
   *
   * @throws UnknownPeopleException when there is no such account
   * @throws InvalidPeopleException when no administrator would remain
   */
  public void remove(String id, Actor actor, RequestOrigin origin) {
    Account known = existing(id);
    change(
        db -> {
          Account before = stored(db, known.id());
          PeopleTable.delete(db, known.id());
          audit.append(
              db,
              AuditEvent.of(AuditEventType.ACCOUNT_REMOVED, actor, origin)
                  .detail("account", before.id().value())
                  .detail("name", before.name())
                  .detail("before", ShownPeople.account(before)));
        });
  }

  /**
   * Gives an account another password. Its log-ins end.
   *
   * @throws UnknownPeopleException when there is no such account
   * @throws InvalidPeopleException when the password is not good enough
   */
  public Account setPassword(String id, String password, Actor actor, RequestOrigin origin) {
    Account known = existing(id);
    PasswordPolicy.check(password, known.name());
    String hash = Passwords.hash(password, cost);
    People after =
        change(
            db -> {
              Account before = stored(db, known.id());
              PeopleTable.setPassword(db, known.id(), hash, clock.instant());
              SessionTable.deleteOfAccount(db, known.id());
              audit.append(
                  db,
                  AuditEvent.of(AuditEventType.ACCOUNT_PASSWORD_CHANGED, actor, origin)
                      .detail("account", before.id().value())
                      .detail("name", before.name()));
            });
    return after.account(known.id()).orElseThrow();
  }

  /** Returns the hash of an account's password; empty where the person logs in elsewhere. */
  Optional<String> passwordHash(AccountId id) {
    return database.inSnapshot(db -> PeopleTable.password(db, id));
  }

  /** Returns the tokens in the order in which they were made. */
  public List<ApiToken> tokens() {
    return people.tokens().values().stream()
        .sorted(Comparator.comparing(token -> token.id().value()))
        .toList();
  }

  /** Returns when tokens were last used, to the hour; one that never was is not in it. */
  public Map<AccountId, Instant> tokensUsed() {
    return database.inSnapshot(PeopleTable::tokensUsed);
  }

  /**
   * Makes a token.
   *
   * @throws InvalidPeopleException when a value cannot be taken
   */
  public NewToken addToken(
      String name,
      Set<Permission> permissions,
      Scope scope,
      @Nullable Instant expiresAt,
      Actor actor,
      RequestOrigin origin) {
    if (expiresAt != null && !expiresAt.isAfter(clock.instant())) {
      throw new InvalidPeopleException("expires-at", "a time to come");
    }
    RandomSecret secret = RandomSecret.generate();
    ApiToken token =
        new ApiToken(
            new AccountId(ids.next()),
            name,
            permissions,
            scope,
            clock.instant(),
            expiresAt,
            actor.name());
    change(
        db -> {
          if (PeopleTable.load(db).tokens().size() >= MAX_TOKENS) {
            throw new InvalidPeopleException("name", MAX_TOKENS + " tokens at most");
          }
          PeopleTable.insertToken(db, token, RandomSecret.hash(secret.text()));
          audit.append(
              db,
              AuditEvent.of(AuditEventType.TOKEN_CREATED, actor, origin)
                  .detail("token", token.id().value())
                  .detail("name", name)
                  .detail("after", ShownPeople.token(token)));
        });
    return new NewToken(token, secret.text());
  }

  /**
   * Revokes a token.
   *
   * @throws UnknownPeopleException when there is no such token
   */
  public void removeToken(String id, Actor actor, RequestOrigin origin) {
    ApiToken token =
        tokens().stream()
            .filter(one -> one.id().value().equals(id))
            .findFirst()
            .orElseThrow(() -> new UnknownPeopleException("token", id));
    change(
        db -> {
          PeopleTable.deleteToken(db, token.id());
          audit.append(
              db,
              AuditEvent.of(AuditEventType.TOKEN_REVOKED, actor, origin)
                  .detail("token", token.id().value())
                  .detail("name", token.name()));
        });
  }

  /** Returns the areas in the caller's transaction, in the order of their ids. */
  public static List<Area> areas(Handle db) {
    return PeopleTable.areas(db);
  }

  /** Returns the areas in the order of their ids. */
  public List<Area> areas() {
    return List.copyOf(people.areas().values());
  }

  /**
   * Adds an area, or replaces that of the same id.
   *
   * @throws InvalidPeopleException when there are too many
   */
  public void putArea(Area area, Actor actor, RequestOrigin origin) {
    putArea(area, before -> true, actor, origin);
  }

  /**
   * Adds an area, or replaces that of the same id.
   *
   * @param expected tests whether what is there, or null, is what the caller knows
   * @throws InvalidPeopleException when there are too many
   * @throws PeopleConflictException when the test fails; nothing is changed then
   */
  public void putArea(
      Area area, Predicate<@Nullable Area> expected, Actor actor, RequestOrigin origin) {
    change(
        db -> {
          Map<String, Area> before = PeopleTable.load(db).areas();
          if (!expected.test(before.get(area.id()))) {
            throw new PeopleConflictException("The area has been changed since it was read.");
          }
          if (!before.containsKey(area.id()) && before.size() >= MAX_AREAS) {
            throw new InvalidPeopleException("id", MAX_AREAS + " areas at most");
          }
          PeopleTable.putArea(db, area);
          audit.append(
              db,
              AuditEvent.of(AuditEventType.AREA_CHANGED, actor, origin)
                  .detail("area", area.id())
                  .detail("changes", changes(before.get(area.id()), area)));
        });
  }

  /**
   * Removes an area; grants that name it hold for no camera through it.
   *
   * @throws UnknownPeopleException when there is no such area
   */
  public void removeArea(String id, Actor actor, RequestOrigin origin) {
    if (!people.areas().containsKey(id)) {
      throw new UnknownPeopleException("area", id);
    }
    change(
        db -> {
          Area before = PeopleTable.load(db).areas().get(id);
          PeopleTable.deleteArea(db, id);
          audit.append(
              db,
              AuditEvent.of(AuditEventType.AREA_CHANGED, actor, origin)
                  .detail("area", id)
                  .detail("changes", changes(before, null)));
        });
  }

  private static Map<String, Object> changes(@Nullable Area before, @Nullable Area after) {
    return ShownPeople.changes(
        before == null ? Map.of() : ShownPeople.area(before),
        after == null ? Map.of() : ShownPeople.area(after));
  }
}
