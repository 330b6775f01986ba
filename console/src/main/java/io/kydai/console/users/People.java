package io.kydai.console.users;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What is known of accounts, tokens, areas and the hierarchy of agencies at one moment.
 *
 * @param version grows with each change
 * @param accounts by id, in the order of their names
 * @param tokens by the hash of their secret
 * @param areas by id
 * @param agencies of each agency itself and those that stand below it, by ids
 */
record People(
    long version,
    Map<AccountId, Account> accounts,
    Map<String, ApiToken> tokens,
    Map<String, Area> areas,
    Map<String, Set<String>> agencies) {
  People {
    accounts = Collections.unmodifiableMap(new LinkedHashMap<>(accounts));
    tokens = Map.copyOf(tokens);
    areas = Collections.unmodifiableMap(new LinkedHashMap<>(areas));
    agencies = Map.copyOf(agencies);
  }

  /** Returns an agency and those that stand below it. */
  Set<String> under(String agency) {
    return agencies.getOrDefault(agency, Set.of(agency));
  }

  Optional<Account> account(AccountId id) {
    return Optional.ofNullable(accounts.get(requireNonNull(id)));
  }

  /** Returns the account with a name, without regard to case. */
  Optional<Account> named(String name) {
    String key = key(name);
    return accounts.values().stream().filter(one -> key(one.name()).equals(key)).findFirst();
  }

  /** Returns the form of a name in which no two accounts may have the same. */
  static String key(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  List<Account> administrators() {
    return accounts.values().stream().filter(Account::isAdministrator).toList();
  }
}
