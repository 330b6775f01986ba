package io.kydai.console.http.contract;

import com.fasterxml.jackson.databind.JsonNode;
import io.kydai.console.http.access.Requester;
import io.kydai.console.http.answer.ErrorText;
import io.kydai.console.http.answer.Json;
import io.kydai.console.http.answer.Problem;
import io.vertx.core.json.JsonObject;
import io.vertx.json.schema.OutputUnit;
import io.vertx.json.schema.Validator;
import io.vertx.openapi.contract.Location;
import io.vertx.openapi.contract.MediaType;
import io.vertx.openapi.contract.Operation;
import io.vertx.openapi.contract.Parameter;
import io.vertx.openapi.validation.ValidatorException;
import io.vertx.openapi.validation.transformer.FormTransformer;
import io.vertx.openapi.validation.transformer.ParameterTransformer;
import io.vertx.openapi.validation.transformer.SimpleTransformer;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Holds the requests of one operation against the contract: types of parameters, unknown and
 * repeated parameters, defaults, and the body's schema.
 *
 * <p>This stands in the place of the library's own request validator, which says neither which
 * parameter nor which rule it was in any form but a sentence, ignores unknown parameters, and runs
 * on a pool of threads that is not ours. The schemas, their validators and the parameters'
 * transformers are the library's.
 */
public final class RequestValidation {
  private static final Pattern ROUTABLE = Pattern.compile("[A-Za-z][A-Za-z0-9_]*");
  private static final Set<String> TEXTS =
      Set.of("application/sdp", "application/trickle-ice-sdpfrag");

  private static final ParameterTransformer QUERY = new FormTransformer();
  private static final ParameterTransformer PATH = new SimpleTransformer();

  /**
   * @param expected what its schema asks, in words
   * @param absent its value where a request does not have it
   */
  private record Checked(
      Parameter parameter,
      Validator validator,
      String expected,
      @Nullable Object absent,
      KnownValues known,
      SimpleValues simple) {
    String name() {
      return parameter.getName();
    }

    /** A value that is valid for certain; null where that has to be found out. */
    @Nullable Object certain(String text) {
      Object value = known.of(text);
      return value == null ? simple.read(text) : value;
    }
  }

  private final Map<String, Checked> path = new LinkedHashMap<>();
  private final Map<String, Checked> query = new LinkedHashMap<>();
  private final JsonNode bodySchema;
  private final @Nullable Validator body;
  private final SchemaProblems problems;

  /** The library's validators write into the contract that they share while they validate. */
  private final Object lock;

  /**
   * @throws IllegalStateException when the operation has something that is not supported here
   */
  public RequestValidation(ApiContract contract, Operation operation) {
    this.lock = contract;
    ContractDocument document = contract.document();
    this.problems = new SchemaProblems(document);
    SchemaText text = new SchemaText(document);
    String template = operation.getAbsoluteOpenAPIPath();
    for (Parameter parameter : operation.getParameters()) {
      if (parameter.getIn() == Location.HEADER) {
        // Its handler answers for it, with a status of its own.
        continue;
      }
      JsonNode schema =
          document.parameterSchema(template, operation.getHttpMethod(), parameter.getName());
      Checked checked =
          new Checked(
              parameter,
              contract.parsed().getSchemaRepository().validator(parameter.getSchema()),
              text.expected(schema),
              Json.value(schema.path("default")),
              new KnownValues(),
              SimpleValues.of(schema));
      place(operation, parameter).put(parameter.getName(), checked);
    }
    this.bodySchema = document.bodySchema(template, operation.getHttpMethod());
    this.body = body(contract, operation);
  }

  private static @Nullable Validator body(ApiContract contract, Operation operation) {
    if (operation.getRequestBody() == null) {
      return null;
    }
    if (takesFile(operation) || textType(operation).isPresent()) {
      return null;
    }
    MediaType json = operation.getRequestBody().getContent().get("application/json");
    if (json == null) {
      throw new IllegalStateException(operation.getOperationId() + ": its body is not JSON");
    }
    return contract.parsed().getSchemaRepository().validator(json.getSchema());
  }

  /** Returns whether the body of an operation is a file, which its handler checks itself. */
  public static boolean takesFile(Operation operation) {
    return operation.getRequestBody() != null
        && operation.getRequestBody().getContent().containsKey("application/octet-stream");
  }

  /** Returns the media type of a body that is text which its handler reads; empty for another. */
  public static Optional<String> textType(Operation operation) {
    return operation.getRequestBody() == null
        ? Optional.empty()
        : operation.getRequestBody().getContent().keySet().stream()
            .filter(TEXTS::contains)
            .findFirst();
  }

  private Map<String, Checked> place(Operation operation, Parameter parameter) {
    if (parameter.getIn() == Location.QUERY) {
      return query;
    }
    if (parameter.getIn() == Location.PATH && ROUTABLE.matcher(parameter.getName()).matches()) {
      return path;
    }
    throw new IllegalStateException(
        operation.getOperationId() + ": the router has no parameter " + parameter.getName());
  }

  /**
   * Checks a request.
   *
   * @param given the parameters of the path, decoded
   * @param asked the parameters of the query, decoded
   * @param headers those that an endpoint may ask for
   * @param requester who makes the request
   * @param visibleFrom the moment from which on the caller may see what the operation shows
   * @return the call, with parameters of the types that the contract gives them
   * @throws Problem 404 for a value that the path's parameter cannot have, 400 for all else
   */
  public ApiCall check(
      String target,
      Map<String, String> given,
      Map<String, List<String>> asked,
      Map<String, String> headers,
      byte[] bytes,
      Requester requester,
      Instant visibleFrom) {
    synchronized (lock) {
      checkPath(given);
      Map<String, Object> typed = checkQuery(asked);
      return new ApiCall(
          target,
          given,
          typed,
          headers,
          bytes,
          body == null ? Map.of() : checkBody(body, bytes),
          requester,
          visibleFrom);
    }
  }

  /**
   * Checks a request without a body as {@link #check}, as far as every value of its parameters is
   * valid for certain. Does not wait.
   *
   * @return empty where {@link #check} has to be asked
   */
  public Optional<ApiCall> checkKnown(
      String target,
      Map<String, String> given,
      Map<String, List<String>> asked,
      Map<String, String> headers,
      Requester requester,
      Instant visibleFrom) {
    if (body != null || !query.keySet().containsAll(asked.keySet())) {
      return Optional.empty();
    }
    for (Checked one : path.values()) {
      if (one.certain(given.getOrDefault(one.name(), "")) == null) {
        return Optional.empty();
      }
    }
    Map<String, Object> typed = new LinkedHashMap<>();
    for (Checked one : query.values()) {
      List<String> values = asked.getOrDefault(one.name(), List.of());
      Object value = values.isEmpty() ? one.absent() : one.certain(values.get(0));
      if (values.size() > 1 || (value == null && !values.isEmpty())) {
        return Optional.empty();
      }
      if (value != null) {
        typed.put(one.name(), value);
      }
    }
    return Optional.of(
        new ApiCall(target, given, typed, headers, new byte[0], Map.of(), requester, visibleFrom));
  }

  private void checkPath(Map<String, String> given) {
    for (Checked one : path.values()) {
      String value = given.getOrDefault(one.name(), "");
      Object transformed = PATH.transform(one.parameter(), value);
      if (!hasNul(value) && isValid(one, transformed)) {
        one.known().add(value, transformed);
      } else {
        throw Problem.of(
            404, "There is nothing whose " + one.name() + " is " + ErrorText.shown(value) + ".");
      }
    }
  }

  /**
   * An operation with parameters refuses an unknown one, because a mistyped filter must not list
   * everything.
   */
  private Map<String, Object> checkQuery(Map<String, List<String>> asked) {
    if (query.isEmpty()) {
      return Map.of();
    }
    Set<String> unknown = new TreeSet<>(asked.keySet());
    unknown.removeAll(query.keySet());
    if (!unknown.isEmpty()) {
      throw Problem.badField(
          ErrorText.shown(unknown.iterator().next()),
          "This parameter is unknown. Known: " + ErrorText.sorted(query.keySet()) + ".");
    }
    Map<String, Object> typed = new LinkedHashMap<>();
    for (Checked one : query.values()) {
      List<String> values = asked.getOrDefault(one.name(), List.of());
      if (values.size() > 1) {
        throw Problem.badField(one.name(), "This parameter may stand only once.");
      }
      if (!values.isEmpty()) {
        typed.put(one.name(), queryValue(one, values.get(0)));
      } else if (one.absent() != null) {
        typed.put(one.name(), one.absent());
      }
    }
    return typed;
  }

  private static Object queryValue(Checked one, String text) {
    if (hasNul(text)) {
      throw Problem.badField(one.name(), "Expected: " + one.expected() + ", without U+0000.");
    }
    try {
      Object value = QUERY.transform(one.parameter(), text);
      if (isValid(one, value)) {
        one.known().add(text, value);
        return value;
      }
    } catch (ValidatorException e) {
      throw Problem.badField(one.name(), "Expected: " + one.expected() + ".");
    }
    throw Problem.badField(one.name(), "Expected: " + one.expected() + ".");
  }

  private static boolean isValid(Checked one, Object value) {
    return one.validator().validate(value).getValid();
  }

  private Map<String, Object> checkBody(Validator schema, byte[] bytes) {
    Map<String, Object> value = Json.readObject(bytes);
    if (hasNul(value)) {
      throw Problem.of(400, "The body has the character U+0000, which is in no text.");
    }
    OutputUnit outcome = schema.validate(new JsonObject(value));
    if (!outcome.getValid()) {
      throw problems.of(bodySchema, Json.object(value), outcome);
    }
    return value;
  }

  /** Returns whether U+0000 is in a text or in one within it: PostgreSQL's texts cannot have it. */
  private static boolean hasNul(@Nullable Object value) {
    if (value instanceof Map<?, ?> map) {
      return hasNul(map.keySet()) || hasNul(map.values());
    }
    if (value instanceof Collection<?> all) {
      return all.stream().anyMatch(RequestValidation::hasNul);
    }
    return value instanceof String text && text.indexOf('\0') >= 0;
  }
}
