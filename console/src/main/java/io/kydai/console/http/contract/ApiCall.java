package io.kydai.console.http.contract;

import io.kydai.console.audit.Actor;
import io.kydai.console.audit.RequestOrigin;
import io.kydai.console.http.access.Requester;
import io.kydai.console.http.answer.ErrorText;
import io.kydai.console.http.answer.Json;
import io.kydai.console.http.answer.Problem;
import io.kydai.console.users.Caller;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A request as an endpoint sees it, apart from the event loop that it came in on, and valid by the
 * contract.
 *
 * @param target the whole path, decoded and without {@code ..}
 * @param path the path's parameters, decoded
 * @param query the query's parameters, of the types that the contract gives them; those with a
 *     default are always there
 * @param headers those of {@link #HEADERS} that it has, by their names in lower case
 * @param body its bytes; none where there is no body
 * @param json the body as maps, lists, strings, numbers and booleans; empty where the operation has
 *     none
 * @param requester who makes the request
 * @param visibleFrom the moment from which on the caller may see what the operation shows; the
 *     epoch for all of the past
 */
public record ApiCall(
    String target,
    Map<String, String> path,
    Map<String, Object> query,
    Map<String, String> headers,
    byte[] body,
    Map<String, Object> json,
    Requester requester,
    Instant visibleFrom) {
  /** The headers that endpoints may ask for. */
  public static final Set<String> HEADERS = Set.of("accept", "if-match");

  private static final Instant EARLIEST = Instant.parse("0000-01-01T00:00:00Z");
  private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999Z");

  /** Under which a request for a page has whether the client reads gzip. */
  private static final String GZIP = "gzip";

  /** A request for a page, which has neither parameters nor a body. */
  public static ApiCall page(String target, boolean gzip, Requester requester) {
    return new ApiCall(
        target,
        Map.of(),
        Map.of(GZIP, gzip),
        Map.of(),
        new byte[0],
        Map.of(),
        requester,
        Instant.EPOCH);
  }

  /** Returns whether the client reads gzip; false where the request is not for a page. */
  public boolean acceptsGzip() {
    return Boolean.TRUE.equals(query.get(GZIP));
  }

  /** Returns who makes the request. */
  public Caller caller() {
    return requester.caller();
  }

  /** Returns who makes the request, as the audit names it. */
  public Actor actor() {
    return requester.caller().actor();
  }

  /** Returns where the request comes from. */
  public RequestOrigin origin() {
    return requester.origin();
  }

  /**
   * Returns a parameter of the path.
   *
   * @throws IllegalArgumentException when the contract has no such parameter
   */
  public String path(String name) {
    String value = path.get(name);
    if (value == null) {
      throw new IllegalArgumentException("no parameter of the path: " + name);
    }
    return value;
  }

  /**
   * Returns a header; empty where it is absent.
   *
   * @param name in lower case, one of {@link #HEADERS}
   */
  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name));
  }

  /** Returns a text of the query; empty where it is absent. */
  public Optional<String> text(String name) {
    return Optional.ofNullable(query.get(name)).map(String.class::cast);
  }

  /**
   * Returns a whole number of the query that has a default.
   *
   * @throws IllegalArgumentException when the contract gives it no default
   */
  public int integer(String name) {
    return ((Number) required(name)).intValue();
  }

  /**
   * Returns a boolean of the query that has a default.
   *
   * @throws IllegalArgumentException when the contract gives it no default
   */
  public boolean flag(String name) {
    return (Boolean) required(name);
  }

  private Object required(String name) {
    Object value = query.get(name);
    if (value == null) {
      throw new IllegalArgumentException("no parameter with a default: " + name);
    }
    return value;
  }

  /** Returns the constant whose name in the query is in lower case with dashes. */
  public <E extends Enum<E>> Optional<E> constant(String name, Class<E> type) {
    return text(name).map(value -> ErrorText.constant(type, value));
  }

  /**
   * Returns a time of the query.
   *
   * @throws Problem 400, as {@link #time(String, String)}
   */
  public Optional<Instant> time(String name) {
    return text(name).map(value -> time(name, value));
  }

  /**
   * Returns the time that a text gives: RFC 3339, in the years 0000 to 9999, which also
   * milliseconds can hold.
   *
   * @param field that the text came in
   * @throws Problem 400, when it is none
   */
  public static Instant time(String field, String value) {
    try {
      Instant time = OffsetDateTime.parse(value).toInstant();
      if (!time.isBefore(EARLIEST) && !time.isAfter(LATEST)) {
        return time;
      }
    } catch (DateTimeException e) {
      throw noTime(field);
    }
    throw noTime(field);
  }

  private static Problem noTime(String field) {
    return Problem.badField(field, "Expected: a time such as 2026-11-22T08:30:00Z.");
  }

  /** Returns the body as a record whose components' names are the keys of its schema. */
  public <T> T body(Class<T> type) {
    return Json.convert(json, type);
  }
}
