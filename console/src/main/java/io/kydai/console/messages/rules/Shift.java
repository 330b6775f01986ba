package io.kydai.console.messages.rules;

import static java.util.Objects.requireNonNull;

import io.kydai.console.users.Account;
import io.kydai.console.users.Role;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * People who are on duty at certain hours.
 *
 * @param id names it in rules, 1 to 63 characters
 * @param name for people, 1 to 200 characters
 * @param hours when it is on duty
 * @param accounts the ids of accounts that belong to it; at most 1,000
 * @param roles the roles whose holders belong to it
 * @param agencies the ids of agencies whose people belong to it; at most 1,000
 */
public record Shift(
    String id,
    String name,
    Hours hours,
    List<String> accounts,
    List<Role> roles,
    List<String> agencies) {
  public Shift {
    requireNonNull(id);
    requireNonNull(name);
    requireNonNull(hours);
    accounts = List.copyOf(accounts);
    roles = List.copyOf(roles);
    agencies = List.copyOf(agencies);
  }

  /** Returns whether it is on duty at a moment of the site's zone. */
  public boolean onDuty(ZonedDateTime at) {
    return hours.contains(at);
  }

  /**
   * Returns whether somebody belongs to it.
   *
   * @param held the roles that the account holds now
   */
  public boolean has(Account account, Set<Role> held) {
    @Nullable String agency = account.agency();
    return accounts.contains(account.id().value())
        || roles.stream().anyMatch(held::contains)
        || (agency != null && agencies.contains(agency));
  }
}
