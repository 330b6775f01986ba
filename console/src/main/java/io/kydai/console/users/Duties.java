package io.kydai.console.users;

import static java.util.Objects.requireNonNull;

import io.kydai.console.audit.Actor;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What accounts are there for at the present moment, whether somebody is logged in or not. */
public final class Duties {
  private final Directory directory;
  private final LogInFactors factors;

  /**
   * @param factors an account that lacks the second factor that one of its roles needs has no
   *     rights, as after a log-in
   */
  public Duties(Directory directory, LogInFactors factors) {
    this.directory = requireNonNull(directory);
    this.factors = requireNonNull(factors);
  }

  /** Returns whether an account has its rights; who logs in by a provider has no factor here. */
  private boolean isEntitled(Account account) {
    return !factors.isMissing(account) || directory.passwordHash(account.id()).isEmpty();
  }

  /** Returns the accounts that may log in. */
  public List<Account> accounts() {
    return directory.accounts().stream().filter(Account::enabled).toList();
  }

  /** Returns an account that may log in; empty when there is none of that id. */
  public Optional<Account> account(String id) {
    return directory.account(id).filter(Account::enabled);
  }

  /** Returns the roles that an account holds now. */
  public Set<Role> roles(Account account) {
    Instant now = directory.time();
    return account.grants().stream()
        .filter(grant -> grant.holdsAt(now))
        .map(Grant::role)
        .collect(Collectors.toSet());
  }

  /** Returns whether a grant of an account names a camera, one of its groups or its area. */
  public boolean isNamedFor(Account account, CameraPlace camera) {
    Instant now = directory.time();
    Map<String, Area> areas = directory.now().areas();
    return account.grants().stream()
        .filter(grant -> grant.holdsAt(now) && !grant.scope().everything())
        .anyMatch(grant -> grant.scope().contains(camera, areas));
  }

  /** Returns the ids of the areas in which a camera stands. */
  public Set<String> areas(CameraPlace camera) {
    Double lat = camera.lat();
    Double lon = camera.lon();
    if (lat == null || lon == null) {
      return Set.of();
    }
    return directory.areas().stream()
        .filter(area -> area.contains(lat, lon))
        .map(Area::id)
        .collect(Collectors.toSet());
  }

  /** Returns an account as somebody of whom rights are asked; they are those of each moment. */
  public Caller of(Account account) {
    return Caller.ofAccount(
        new Actor(Actor.Kind.ACCOUNT, account.id().value(), account.name()),
        account.id(),
        directory,
        this::isEntitled);
  }
}
