package io.kydai.console.http.server;

import static java.util.Objects.requireNonNull;

import io.kydai.console.http.access.AccessControl;
import io.kydai.console.http.access.Authentication;
import io.kydai.console.http.access.Requester;
import io.kydai.console.http.answer.ApiReply;
import io.kydai.console.http.answer.Problem;
import io.kydai.console.http.contract.ApiCall;
import io.kydai.console.http.contract.RequestValidation;
import io.vertx.core.MultiMap;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Requests that one player makes many times a second. They are recognised by their path and
 * answered on the event loop that they come in on, without the router. All that holds for a request
 * is asked here as there: origin, log-in, rights, contract. Whatever is not in order, or cannot be
 * answered without a wait, is left to the router, which finds the same and says so.
 */
final class PromptRequests {
  /** With which a request is more than its head, or may become something else. */
  private static final List<String> MORE =
      List.of("Content-Length", "Transfer-Encoding", "Upgrade", "Expect");

  /** An operation whose requests are recognised. */
  private record Known(
      PathTemplate path,
      AccessControl.Need need,
      RequestValidation validation,
      WorkerExecutor worker,
      Endpoints.PromptEndpoint endpoint) {}

  private final Guard guard;
  private final Authentication authentication;
  private final AccessControl access;
  private final Answering answering;
  private final Failures failures;

  /** Filled before the first request. */
  private final List<Known> known = new ArrayList<>();

  PromptRequests(
      Guard guard,
      Authentication authentication,
      AccessControl access,
      Answering answering,
      Failures failures) {
    this.guard = requireNonNull(guard);
    this.authentication = requireNonNull(authentication);
    this.access = requireNonNull(access);
    this.answering = requireNonNull(answering);
    this.failures = requireNonNull(failures);
  }

  /** Recognises the requests of an operation without a body, to be called before the first one. */
  void add(
      String path,
      AccessControl.Need need,
      RequestValidation validation,
      WorkerExecutor worker,
      Endpoints.PromptEndpoint endpoint) {
    known.add(new Known(new PathTemplate(path), need, validation, worker, endpoint));
  }

  /** Answers a request, now or when its answer is there; returns false where the router has to. */
  boolean answer(HttpServerRequest request) {
    String path = request.path();
    if (path == null || !request.method().equals(HttpMethod.GET)) {
      return false;
    }
    for (Known one : known) {
      Map<String, String> parameters = one.path.match(path);
      if (parameters != null) {
        MultiMap headers = request.headers();
        return MORE.stream().noneMatch(headers::contains) && answer(request, one, path, parameters);
      }
    }
    return false;
  }

  private boolean answer(
      HttpServerRequest request, Known one, String path, Map<String, String> parameters) {
    Map<String, List<String>> query = query(request.query());
    if (query == null) {
      return false;
    }
    Requester requester;
    Optional<ApiReply> reply;
    try {
      guard.check(request, false);
      requester = authentication.requester(request);
      if (requester.caller().session().isEmpty()) {
        return false;
      }
      Instant visibleFrom = access.check(requester, one.need, parameters);
      reply =
          one.validation
              .checkKnown(
                  path, parameters, query, headers(request.headers()), requester, visibleFrom)
              .flatMap(one.endpoint::answer);
    } catch (Problem e) {
      return false; // The router comes to it, too, and refuses with all that belongs to it.
    }
    if (reply.isEmpty()) {
      return false;
    }
    answering.send(new Direct(request, requester, one.need, parameters), one.worker, reply.get());
    return true;
  }

  /**
   * The parameters of a plain query; null where a character may stand for another, or one twice.
   */
  private static @Nullable Map<String, List<String>> query(@Nullable String text) {
    if (text == null) {
      return Map.of();
    }
    Map<String, List<String>> values = new HashMap<>();
    for (String one : text.split("&", -1)) {
      int equals = one.indexOf('=');
      if (equals < 1
          || one.indexOf('%') >= 0
          || one.indexOf('+') >= 0
          || one.indexOf(';') >= 0
          || values.put(one.substring(0, equals), List.of(one.substring(equals + 1))) != null) {
        return null;
      }
    }
    return values;
  }

  /** The headers that endpoints may ask for, of which several are one list. */
  static Map<String, String> headers(MultiMap all) {
    Map<String, String> asked = new HashMap<>();
    for (String name : ApiCall.HEADERS) {
      List<String> values = all.getAll(name);
      if (!values.isEmpty()) {
        asked.put(name, String.join(", ", values));
      }
    }
    return asked;
  }

  /** A request that the router has not seen. */
  private final class Direct implements Exchange {
    private final HttpServerRequest request;
    private final Requester requester;
    private final AccessControl.Need need;
    private final Map<String, String> path;

    Direct(
        HttpServerRequest request,
        Requester requester,
        AccessControl.Need need,
        Map<String, String> path) {
      this.request = request;
      this.requester = requester;
      this.need = need;
      this.path = path;
    }

    @Override
    public HttpServerRequest request() {
      return request;
    }

    @Override
    public Requester requester() {
      return requester;
    }

    @Override
    public void whenOver(Runnable what) {
      request.response().endHandler(ended -> what.run()).closeHandler(closed -> what.run());
    }

    @Override
    public void checkAgain() {
      access.check(requester, need, path);
    }

    @Override
    public void fail(Throwable failure) {
      failures.answer(request, requester, need.operation(), failure);
    }
  }
}
