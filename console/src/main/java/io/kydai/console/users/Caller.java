package io.kydai.console.users;

import static java.util.Objects.requireNonNull;

import io.kydai.console.audit.Actor;
import io.kydai.ingest.source.CameraId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Who makes a request, or has a WebSocket open. Each question is answered from the accounts as they
 * are at that moment, so that a right that was taken away holds no longer than until the next
 * question.
 *
 * <p>Only {@code scripts/bench console} extends it.
 */
public class Caller {
  /** A caller without a log-in, who may do nothing. */
  public static final Caller ANONYMOUS =
      new Caller(Actor.anonymous(""), null, null, null, List::of, () -> false, one -> false);

  private final Actor actor;
  private final @Nullable Directory directory;
  private final @Nullable AccountId account;
  private final @Nullable LogInSession session;
  private final Supplier<List<Right>> rights;
  private final Supplier<Boolean> valid;
  private final Predicate<Account> entitled;

  Caller(
      Actor actor,
      @Nullable Directory directory,
      @Nullable AccountId account,
      @Nullable LogInSession session,
      Supplier<List<Right>> rights,
      Supplier<Boolean> valid,
      Predicate<Account> entitled) {
    this.actor = requireNonNull(actor);
    this.directory = directory;
    this.account = account;
    this.session = session;
    this.rights = rights;
    this.valid = valid;
    this.entitled = entitled;
  }

  /**
   * @param valid whether the session still lasts
   * @param entitled whether the session gives the account's rights
   */
  static Caller of(
      Account account,
      LogInSession session,
      Directory directory,
      Supplier<Boolean> valid,
      Predicate<Account> entitled) {
    AccountId id = account.id();
    Actor actor = new Actor(Actor.Kind.ACCOUNT, id.value(), account.name());
    AccountRights known = new AccountRights();
    return new Caller(
        actor,
        directory,
        id,
        session,
        () ->
            valid.get()
                ? known.of(directory.now().account(id).filter(entitled).orElse(null))
                : List.of(),
        valid,
        entitled);
  }

  /**
   * Returns an account without a log-in, as somebody who is told of something.
   *
   * @param entitled whether the account has its rights
   */
  static Caller ofAccount(
      Actor actor, AccountId id, Directory directory, Predicate<Account> entitled) {
    AccountRights known = new AccountRights();
    return new Caller(
        actor,
        directory,
        id,
        null,
        () -> known.of(directory.now().account(id).filter(entitled).orElse(null)),
        () -> directory.now().account(id).isPresent(),
        entitled);
  }

  /** The rights of an account, which are made anew when the account changed. */
  private static final class AccountRights {
    private record Known(long version, List<Right> rights) {}

    private volatile @Nullable Known known;

    List<Right> of(@Nullable Account account) {
      if (account == null || !account.enabled()) {
        return List.of();
      }
      Known last = known;
      if (last == null || last.version != account.version()) {
        last =
            new Known(
                account.version(),
                account.grants().stream().map(grant -> Right.of(grant, account.agency())).toList());
        known = last;
      }
      return last.rights;
    }
  }

  static Caller of(ApiToken token, String secretHash, Directory directory) {
    Actor actor = new Actor(Actor.Kind.TOKEN, token.id().value(), token.name());
    Supplier<Boolean> valid =
        () -> {
          ApiToken now = directory.now().tokens().get(secretHash);
          return now != null
              && (now.expiresAt() == null || directory.time().isBefore(now.expiresAt()));
        };
    List<Right> rights =
        List.of(new Right(token.permissions(), token.scope(), null, token.expiresAt(), null));
    return new Caller(
        actor, directory, null, null, () -> valid.get() ? rights : List.of(), valid, one -> true);
  }

  /** Returns who the audit says that it was. */
  public Actor actor() {
    return actor;
  }

  /** Returns whether the log-in or token still holds. */
  public boolean valid() {
    return valid.get();
  }

  /**
   * Returns whether the log-in or token still holds and may be used for more than setting up the
   * second factor that a role of the account needs.
   */
  public boolean complete() {
    return valid.get() && (account == null || account().filter(entitled).isPresent());
  }

  /** Returns the account as it is now; empty for a program, or when the account is gone. */
  public Optional<Account> account() {
    return directory == null || account == null
        ? Optional.empty()
        : directory.now().account(account);
  }

  /** Returns the log-in; empty for a program. */
  public Optional<LogInSession> session() {
    return Optional.ofNullable(session);
  }

  private Instant now() {
    return directory == null ? Instant.EPOCH : directory.time();
  }

  /**
   * Returns whether the caller has a permission: on some camera, or, where it is none that is held
   * on cameras, on the node. A right that is limited to some cameras gives none on the node.
   */
  public boolean may(Permission permission) {
    Instant now = now();
    for (Right right : rights.get()) {
      if (right.holds(permission, now) && (permission.onCameras() || right.scope().everything())) {
        return true;
      }
    }
    return false;
  }

  /** Returns whether the caller has a permission on a camera. */
  public boolean may(Permission permission, CameraPlace camera) {
    Directory known = directory;
    if (known == null) {
      return false;
    }
    // Not by a stream: lists of cameras ask this for each of them.
    Instant now = known.time();
    for (Right right : rights.get()) {
      if (right.holds(permission, now) && right.scope().contains(camera, known.now().areas())) {
        return true;
      }
    }
    return false;
  }

  private Stream<Right> reaching(Permission permission, CameraPlace camera) {
    Directory known = directory;
    if (known == null) {
      return Stream.empty();
    }
    Instant now = known.time();
    return rights.get().stream()
        .filter(right -> right.holds(permission, now))
        .filter(right -> right.scope().contains(camera, known.now().areas()));
  }

  /**
   * Returns whether the caller has a permission on what was seen at a camera.
   *
   * @param at when it was received
   * @param agency that it is assigned to; null where it is not assigned
   */
  public boolean may(
      Permission permission, CameraPlace camera, Instant at, @Nullable String agency) {
    return reaching(permission, camera)
        .anyMatch(
            right ->
                (right.from() == null || !at.isBefore(right.from()))
                    && (right.agency() == null || isUnder(agency, right.agency())));
  }

  private boolean isUnder(@Nullable String agency, String above) {
    return directory != null && agency != null && directory.agenciesUnder(above).contains(agency);
  }

  /**
   * Returns from when on the caller has a permission on a camera's past.
   *
   * @return the epoch for all of it; empty where the caller has not the permission
   */
  public Optional<Instant> since(Permission permission, CameraPlace camera) {
    return reaching(permission, camera)
        .filter(right -> right.agency() == null)
        .map(right -> right.from() == null ? Instant.EPOCH : right.from())
        .min(Instant::compareTo);
  }

  /**
   * Returns from when on the caller has a permission on everything that it reaches: of a permission
   * on cameras the latest beginning of the caller's rights, of another the earliest.
   *
   * @return the epoch for all of the past; empty where the caller has not the permission
   */
  public Optional<Instant> since(Permission permission) {
    Instant now = now();
    Stream<Instant> beginnings =
        rights.get().stream()
            .filter(right -> right.holds(permission, now))
            .filter(right -> permission.onCameras() || right.scope().everything())
            .map(right -> right.from() == null ? Instant.EPOCH : right.from());
    return permission.onCameras()
        ? beginnings.max(Instant::compareTo)
        : beginnings.min(Instant::compareTo);
  }

  /**
   * Returns a value that is equal to that of another time where the caller's rights reach the same
   * cameras and agencies then, as far as cameras do not move.
   */
  public Object rightsNow() {
    Directory known = directory;
    if (known == null) {
      return List.of();
    }
    Instant now = known.time();
    List<Right> held = rights.get().stream().filter(right -> right.holdsAt(now)).toList();
    Map<String, Area> areas = known.now().areas();
    Set<Area> named =
        held.stream()
            .flatMap(right -> right.scope().areas().stream())
            .map(areas::get)
            .filter(Objects::nonNull)
            .collect(Collectors.toSet());
    Set<String> agencies =
        held.stream()
            .flatMap(right -> Stream.ofNullable(right.agency()))
            .flatMap(agency -> known.agenciesUnder(agency).stream())
            .collect(Collectors.toSet());
    return List.of(held, named, agencies);
  }

  /**
   * Returns the parts of all reports on which the caller has a permission.
   *
   * @param cameras the present cameras
   */
  public List<Reach> reach(Permission permission, Collection<CameraPlace> cameras) {
    Directory known = directory;
    if (known == null) {
      return List.of();
    }
    Instant now = known.time();
    List<Reach> parts = new ArrayList<>();
    for (Right right : rights.get()) {
      if (right.holds(permission, now)) {
        String agency = right.agency();
        parts.add(
            new Reach(
                reached(right.scope(), cameras, known),
                right.from(),
                agency == null ? null : known.agenciesUnder(agency)));
      }
    }
    return parts;
  }

  private static @Nullable Set<CameraId> reached(
      Scope scope, Collection<CameraPlace> cameras, Directory directory) {
    if (scope.everything()) {
      return null;
    }
    Set<CameraId> reached =
        cameras.stream()
            .filter(camera -> scope.contains(camera, directory.now().areas()))
            .map(CameraPlace::camera)
            .collect(Collectors.toSet());
    reached.addAll(scope.cameras());
    return reached;
  }

  /** Returns the permissions that the caller has anywhere. */
  public Set<Permission> permissions() {
    Set<Permission> held = EnumSet.noneOf(Permission.class);
    for (Permission permission : Permission.values()) {
      if (may(permission)) {
        held.add(permission);
      }
    }
    return held;
  }

  /** Returns the roles that the caller's grants give now. */
  public List<Role> roles() {
    Instant now = now();
    return account().stream()
        .flatMap(one -> one.grants().stream())
        .filter(grant -> grant.holdsAt(now))
        .map(Grant::role)
        .distinct()
        .sorted()
        .toList();
  }
}
