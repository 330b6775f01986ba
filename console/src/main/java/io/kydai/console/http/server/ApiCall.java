package io.kydai.console.http.server;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * A request as an endpoint sees it, apart from the event loop that it came in on.
 *
 * @param target the whole path, decoded and without {@code ..}
 * @param path the path's parameters
 * @param query the query's parameters, decoded
 * @param body empty where there is none
 */
public record ApiCall(
    String target, Map<String, String> path, Map<String, List<String>> query, byte[] body) {
  private static final Instant EARLIEST = Instant.parse("0000-01-01T00:00:00Z");
  private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999Z");

  /** A path's parameter, as it came. */
  public String path(String name) {
    return path.get(name);
  }

  /**
   * Refuses what the endpoint does not know, because a mistyped filter must not list everything.
   *
   * @throws Problem 400, when there is another parameter, or one twice
   */
  public ApiCall only(Set<String> names) {
    query.forEach(
        (name, values) -> {
          if (!names.contains(name)) {
            throw Problem.badField(
                ErrorText.shown(name),
                "This parameter is unknown. Known: " + ErrorText.sorted(names) + ".");
          }
          if (values.size() > 1) {
            throw Problem.badField(name, "This parameter may stand only once.");
          }
        });
    return this;
  }

  /**
   * A parameter as something else.
   *
   * @param expected what would be right, for people
   * @throws Problem 400, when the parser throws {@link IllegalArgumentException} or {@link
   *     DateTimeException}
   */
  public <T> Optional<T> query(String name, String expected, Function<String, T> parser) {
    List<String> values = query.getOrDefault(name, List.of());
    if (values.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(parser.apply(values.get(0)));
    } catch (IllegalArgumentException | DateTimeException e) {
      throw Problem.badField(name, "Expected: " + expected + ".");
    }
  }

  /** Times of the years 0000 to 9999 (RFC 3339), which also milliseconds can tell. */
  public Optional<Instant> queryTime(String name) {
    return query(
        name,
        "a time such as 2026-11-22T08:30:00Z",
        value -> {
          Instant time = OffsetDateTime.parse(value).toInstant();
          if (time.isBefore(EARLIEST) || time.isAfter(LATEST)) {
            throw new IllegalArgumentException();
          }
          return time;
        });
  }

  public int queryInteger(String name, int least, int most, int otherwise) {
    return query(
            name,
            "a whole number from " + least + " to " + most,
            value -> {
              int number = Integer.parseInt(value);
              if (number < least || number > most) {
                throw new IllegalArgumentException();
              }
              return number;
            })
        .orElse(otherwise);
  }

  public boolean queryFlag(String name) {
    return query(
            name,
            "true or false",
            value ->
                switch (value) {
                  case "true" -> true;
                  case "false" -> false;
                  default -> throw new IllegalArgumentException();
                })
        .orElse(false);
  }

  /**
   * The body as a JSON object.
   *
   * @throws Problem 400, when it is none
   */
  public Map<String, Object> json() {
    return Json.readObject(body);
  }
}
