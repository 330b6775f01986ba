package io.kydai.console.users;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.kydai.ingest.source.CameraId;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A scope in JSON, in the database and in the API: {@code all} is true, or the other keys name what
 * is in it.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ScopeJson(
    @Nullable Boolean all,
    @Nullable List<String> cameras,
    @Nullable List<String> groups,
    @Nullable List<String> areas) {

  static final int MAX_NAMES = 10_000;

  /** A grant in JSON. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record GrantJson(
      String role, @Nullable ScopeJson on, @Nullable String from, @Nullable String until) {
    public static GrantJson of(Grant grant) {
      return new GrantJson(
          grant.role().wire(),
          ScopeJson.of(grant.scope()),
          text(grant.from()),
          text(grant.until()));
    }

    /**
     * @throws InvalidPeopleException when a value cannot be taken
     */
    public Grant grant() {
      return new Grant(
          Role.of(role).orElseThrow(() -> new InvalidPeopleException("role", "the name of a role")),
          on == null ? Scope.EVERYTHING : on.scope(),
          from == null ? null : time("from", from),
          until == null ? null : time("until", until));
    }

    private static @Nullable String text(@Nullable Instant time) {
      return time == null ? null : time.toString();
    }

    private static Instant time(String field, String text) {
      try {
        return Instant.parse(text);
      } catch (DateTimeException e) {
        throw new InvalidPeopleException(field, "a time such as 2026-11-22T08:30:00Z");
      }
    }
  }

  public static ScopeJson of(Scope scope) {
    if (scope.everything()) {
      return new ScopeJson(true, null, null, null);
    }
    return new ScopeJson(
        null,
        names(scope.cameras().stream().map(CameraId::value).collect(Collectors.toSet())),
        names(scope.groups()),
        names(scope.areas()));
  }

  private static @Nullable List<String> names(Set<String> names) {
    return names.isEmpty() ? null : List.copyOf(new TreeSet<>(names));
  }

  /**
   * @throws InvalidPeopleException when a value cannot be taken
   */
  public Scope scope() {
    boolean everything = Boolean.TRUE.equals(all);
    if (everything && (cameras != null || groups != null || areas != null)) {
      throw new InvalidPeopleException("on", "'all', or cameras, groups and areas");
    }
    return new Scope(
        everything,
        set("cameras", cameras, ScopeJson::camera),
        set("groups", groups, name -> name),
        set("areas", areas, name -> name));
  }

  private static CameraId camera(String id) {
    try {
      return new CameraId(id);
    } catch (IllegalArgumentException e) {
      throw new InvalidPeopleException("cameras", "ids of cameras");
    }
  }

  private static <T> Set<T> set(
      String field, @Nullable List<String> names, Function<String, T> made) {
    if (names == null) {
      return Set.of();
    }
    if (names.size() > MAX_NAMES || names.stream().anyMatch(Objects::isNull)) {
      throw new InvalidPeopleException(field, MAX_NAMES + " names at most");
    }
    return names.stream().map(made).collect(Collectors.toSet());
  }
}
