package io.kydai.console.http.server;

import static java.util.stream.Collectors.toMap;

import io.kydai.console.store.StoreException;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The table of what may be asked, and the one way in which everything is answered: an endpoint runs
 * on a worker, gets a {@link ApiCall} and returns a {@link ApiReply} or throws a {@link Problem}.
 * What else it throws is logged, and answered with 500 that says nothing of it.
 */
public final class Endpoints {
  private static final Logger LOG = LoggerFactory.getLogger(Endpoints.class);

  /** Answers one kind of request, on a worker. */
  public interface Endpoint {
    ApiReply answer(ApiCall call) throws Exception;
  }

  /** Opens a WebSocket, on the event loop, when the request is known to ask for one. */
  public interface Socket {
    /**
     * @param path the path's parameters
     */
    void open(RoutingContext context, Map<String, String> path);
  }

  /** An endpoint and where it runs. */
  private record Placed(WorkerExecutor worker, Endpoint endpoint) {}

  private final Vertx vertx;
  private final Router router;
  private final Guard guard;
  private final Map<String, Map<HttpMethod, Placed>> endpoints = new TreeMap<>();
  private final Map<String, Socket> sockets = new TreeMap<>();

  public Endpoints(Vertx vertx, Guard guard) {
    this.vertx = vertx;
    this.router = Router.router(vertx);
    this.guard = guard;
  }

  /**
   * @param template a path as the contract writes it, such as {@code /api/v1/cameras/{id}}
   */
  public Endpoints on(
      HttpMethod method, String template, WorkerExecutor worker, Endpoint endpoint) {
    endpoints
        .computeIfAbsent(template, key -> new LinkedHashMap<>())
        .put(method, new Placed(worker, endpoint));
    return this;
  }

  public Endpoints socket(String template, Socket socket) {
    sockets.put(template, socket);
    return this;
  }

  /** Each endpoint as {@code GET /path}, for comparison with the contract. */
  public TreeSet<String> table() {
    TreeSet<String> table = new TreeSet<>();
    endpoints.forEach(
        (template, methods) -> methods.forEach((method, e) -> table.add(method + " " + template)));
    sockets.keySet().forEach(template -> table.add("GET " + template));
    return table;
  }

  /**
   * Puts the table into the router.
   *
   * @param otherwise answers GET requests for every other path
   */
  public void install(WorkerExecutor worker, Endpoint otherwise) {
    Placed rest = new Placed(worker, otherwise);
    sockets.forEach((template, socket) -> installSocket(PathTemplate.of(template), socket));
    router.route().handler(this::guardRequest);
    router.route().handler(BodyHandler.create(false).setBodyLimit(Limits.BODY));
    endpoints.forEach(
        (template, methods) -> {
          PathTemplate path = PathTemplate.of(template);
          methods.forEach(
              (method, placed) ->
                  router
                      .route(method, path.route())
                      .handler(context -> run(context, path, placed)));
          if (methods.containsKey(HttpMethod.GET)) {
            router
                .route(HttpMethod.HEAD, path.route())
                .handler(context -> run(context, path, methods.get(HttpMethod.GET)));
          }
          router.route(path.route()).handler(context -> refuseMethod(context, methods));
        });
    router
        .route()
        .handler(
            context -> {
              HttpMethod method = context.request().method();
              if (method.equals(HttpMethod.GET) || method.equals(HttpMethod.HEAD)) {
                run(context, new PathTemplate("", List.of()), rest);
              } else {
                throw Problem.notFound("such address");
              }
            });
    router.route().failureHandler(Endpoints::fail);
  }

  private void guardRequest(RoutingContext context) {
    guard.check(context.request(), false);
    context.next();
  }

  private void installSocket(PathTemplate path, Socket socket) {
    router
        .route(path.route())
        .handler(
            context -> {
              guard.check(context.request(), true);
              if (!context.request().method().equals(HttpMethod.GET)) {
                throw Problem.of(405, "Allowed here: GET.").withHeader("Allow", "GET");
              }
              Handshake.check(context.request());
              socket.open(context, path.values(context));
            });
  }

  /**
   * Answers a request. What the router could not even match is answered here, in the same words and
   * with the same headers as the rest.
   */
  public void handle(HttpServerRequest request) {
    Headers.onEveryAnswer(request.response());
    Optional<Problem> problem = RequestTarget.problem(request);
    if (problem.isPresent()) {
      HttpResponses.last(vertx, request, problem.get());
    } else {
      router.handle(request);
    }
  }

  private static void refuseMethod(RoutingContext context, Map<HttpMethod, Placed> methods) {
    List<String> allowed =
        methods.keySet().stream().map(HttpMethod::name).collect(Collectors.toList());
    if (methods.containsKey(HttpMethod.GET)) {
      allowed.add("HEAD");
    }
    String list = ErrorText.sorted(allowed);
    throw Problem.of(405, "Allowed here: " + list + ".").withHeader("Allow", list);
  }

  private static void run(RoutingContext context, PathTemplate path, Placed placed) {
    ApiCall call = call(context, path);
    placed
        .worker
        .executeBlocking(() -> placed.endpoint.answer(call), false)
        .onComplete(
            reply -> {
              try {
                HttpResponses.send(context, reply);
              } catch (RuntimeException e) {
                context.fail(e);
              }
            },
            context::fail);
  }

  private static ApiCall call(RoutingContext context, PathTemplate path) {
    Map<String, List<String>> query =
        context.queryParams().names().stream()
            .collect(toMap(name -> name, name -> new ArrayList<>(context.queryParam(name))));
    Buffer body = context.body().buffer();
    return new ApiCall(
        context.normalizedPath(),
        path.values(context),
        query,
        body == null ? new byte[0] : body.getBytes());
  }

  private static void fail(RoutingContext context) {
    if (context.response().ended()
        || context.response().closed()
        || context.failure() instanceof HttpClosedException
        || (context.failure() instanceof IOException && !context.request().isEnded())) {
      // The client has its answer already, or has gone in the middle of its request.
      return;
    }
    if (context.response().headWritten()) {
      context.request().connection().close();
      return;
    }
    Problem problem = problem(context);
    if (problem.status() == 413 || context.request().headers().contains("Upgrade")) {
      HttpResponses.last(context.vertx(), context.request(), problem);
    } else {
      HttpResponses.send(context, problem.reply());
    }
  }

  private static Problem problem(RoutingContext context) {
    if (context.failure() instanceof Problem problem) {
      return problem;
    }
    if (context.failure() instanceof StoreException) {
      // The database's own log tells of it, once.
      return Problem.of(503, "The database does not answer; /healthz says why.");
    }
    int status = context.statusCode();
    if (status == 413) {
      return Problem.of(413, "A body may have " + Limits.BODY + " bytes at most.");
    }
    if (status >= 400 && status < 500) {
      return Problem.of(status, "The request cannot be understood.");
    }
    LOG.error(
        "{} {} failed", context.request().method(), context.normalizedPath(), context.failure());
    return Problem.of(500, "The node failed to answer; its log says why.");
  }
}
