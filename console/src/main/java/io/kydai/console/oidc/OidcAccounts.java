package io.kydai.console.oidc;

import static java.util.Objects.requireNonNull;

import io.kydai.console.audit.Actor;
import io.kydai.console.audit.RequestOrigin;
import io.kydai.console.config.OidcConfig;
import io.kydai.console.store.Database;
import io.kydai.console.users.Account;
import io.kydai.console.users.Directory;
import io.kydai.console.users.Grant;
import io.kydai.console.users.PeopleConflictException;
import io.kydai.console.users.Scope;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * The accounts of the provider's people. A person is found by issuer and subject alone: a name or
 * an e-mail address may be given to somebody else, or be chosen to look like an existing account's.
 * What a person may do is what the groups say at each log-in.
 */
final class OidcAccounts {
  private static final int MAX_NAME = 60;
  private static final int MAX_DISPLAY_NAME = 200;
  private static final int MAX_TRIES = 100;

  private final Database database;
  private final Directory directory;
  private final Clock clock;
  private final List<OidcConfig.Group> groups;

  OidcAccounts(Database database, Directory directory, Clock clock, List<OidcConfig.Group> groups) {
    this.database = requireNonNull(database);
    this.directory = requireNonNull(directory);
    this.clock = requireNonNull(clock);
    this.groups = List.copyOf(groups);
  }

  /**
   * Returns a person's account, made or changed to what the groups say now. A person who is in none
   * of the configured groups any more loses every right, which ends the log-ins.
   *
   * @throws OidcException when the person is in none of them, or the account is disabled
   */
  synchronized Account of(OidcIdentity person, RequestOrigin origin) {
    List<Grant> grants = grants(person.groups());
    Optional<Account> known = linked(person);
    if (known.isEmpty() && grants.isEmpty()) {
      throw noGroup();
    }
    Account account =
        known
            .map(one -> updated(one, person, grants, origin))
            .orElseGet(() -> made(person, origin));
    if (grants.isEmpty()) {
      throw noGroup();
    }
    if (!account.enabled()) {
      throw new OidcException("The account is disabled.");
    }
    return account;
  }

  private static OidcException noGroup() {
    return new OidcException("The person is in none of the groups that may log in.");
  }

  private List<Grant> grants(List<String> memberOf) {
    Set<String> names = Set.copyOf(memberOf);
    return groups.stream()
        .filter(group -> names.contains(group.name()))
        .map(group -> new Grant(group.role(), scope(group), null, null))
        .toList();
  }

  private static Scope scope(OidcConfig.Group group) {
    boolean everything =
        group.cameras().isEmpty() && group.groups().isEmpty() && group.areas().isEmpty();
    return new Scope(everything, group.cameras(), group.groups(), group.areas());
  }

  private Optional<Account> linked(OidcIdentity person) {
    return database
        .inSnapshot(
            db ->
                db.createQuery(
                        "SELECT account FROM oidc_identity"
                            + " WHERE issuer = :issuer AND subject = :subject")
                    .bind("issuer", person.issuer())
                    .bind("subject", person.subject())
                    .mapTo(String.class)
                    .findOne())
        .flatMap(directory::account);
  }

  private Account updated(
      Account account, OidcIdentity person, List<Grant> grants, RequestOrigin origin) {
    String displayName = displayName(person, account.name());
    String agency = agency(person, account.agency());
    return account.displayName().equals(displayName)
            && account.grants().equals(grants)
            && Objects.equals(account.agency(), agency)
        ? account
        : directory.change(
            account.id().value(),
            account.version(),
            displayName,
            account.enabled(),
            agency,
            grants,
            Actor.SYSTEM,
            origin);
  }

  /**
   * Returns the agency of the first of the person's groups that names one. Where no group of the
   * configuration names any, an administrator says who belongs to which, and it stays.
   */
  private @Nullable String agency(OidcIdentity person, @Nullable String otherwise) {
    if (groups.stream().allMatch(group -> group.agency() == null)) {
      return otherwise;
    }
    Set<String> names = Set.copyOf(person.groups());
    for (OidcConfig.Group group : groups) {
      if (group.agency() != null && names.contains(group.name())) {
        return group.agency();
      }
    }
    return null;
  }

  private static String displayName(OidcIdentity person, String otherwise) {
    String name = person.displayName().strip();
    return name.isEmpty()
        ? otherwise
        : name.substring(0, Math.min(name.length(), MAX_DISPLAY_NAME));
  }

  private Account made(OidcIdentity person, RequestOrigin origin) {
    String wanted = name(person.name());
    for (int i = 0; i < MAX_TRIES; i++) {
      String name = candidate(wanted, person.issuer(), i);
      if (directory.accountNamed(name).isPresent()) {
        continue;
      }
      try {
        return directory.add(
            name,
            displayName(person, name),
            agency(person, null),
            grants(person.groups()),
            null,
            Actor.SYSTEM,
            origin,
            (db, account) -> link(db, person, account));
      } catch (PeopleConflictException e) {
        // Another process took the name just now; the next one is tried.
        continue;
      }
    }
    throw new OidcException("There are too many accounts of that name.");
  }

  /** Returns a name like the wanted one, then with the provider's host, then with a number too. */
  private static String candidate(String wanted, String issuer, int attempt) {
    if (attempt == 0) {
      return wanted;
    }
    String host = name(String.valueOf(URI.create(issuer).getHost()));
    return wanted
        + "@"
        + host.substring(0, Math.min(host.length(), 30))
        + (attempt == 1 ? "" : "-" + attempt);
  }

  /** Returns a text as an account's name may be. */
  private static String name(String text) {
    String name = text.replaceAll("[^\\p{L}\\p{N}._@+-]", "-").replaceFirst("^[._@+-]+", "");
    return name.isEmpty() ? "person" : name.substring(0, Math.min(name.length(), MAX_NAME));
  }

  private void link(Handle db, OidcIdentity person, Account account) {
    db.createUpdate(
            "INSERT INTO oidc_identity (issuer, subject, account, created_at)"
                + " VALUES (:issuer, :subject, :account, :now)")
        .bind("issuer", person.issuer())
        .bind("subject", person.subject())
        .bind("account", account.id().value())
        .bind("now", clock.millis())
        .execute();
  }
}
