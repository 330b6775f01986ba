package io.kydai.console.http.server;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toMap;

import io.kydai.console.http.access.AccessControl;
import io.kydai.console.http.access.Authentication;
import io.kydai.console.http.access.Requester;
import io.kydai.console.http.answer.ApiReply;
import io.kydai.console.http.answer.ErrorText;
import io.kydai.console.http.answer.Problem;
import io.kydai.console.http.contract.ApiCall;
import io.kydai.console.http.contract.ApiContract;
import io.kydai.console.http.contract.RequestValidation;
import io.kydai.console.http.origin.Headers;
import io.kydai.console.store.StoreException;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.ParsedHeaderValue;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import io.vertx.ext.web.handler.SecurityPolicyHandler;
import io.vertx.ext.web.openapi.router.OpenAPIRoute;
import io.vertx.ext.web.openapi.router.RouterBuilder;
import io.vertx.openapi.contract.Operation;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The handlers of the contract's operations, routed as the contract says, and the one way in which
 * everything is answered: an endpoint runs on a worker, gets an {@link ApiCall} that the contract
 * was checked for and returns an {@link ApiReply} or throws a {@link Problem}. Any other exception
 * is logged, and answered with 500 without its message.
 */
public final class Endpoints {
  private static final String REQUESTER = "kydai.requester";
  private static final String OPERATION = "kydai.operation";
  private static final String VISIBLE_FROM = "kydai.visible-from";
  private static final String NEED = "kydai.need";

  /** Answers one kind of request, on a worker. */
  @FunctionalInterface
  public interface Endpoint {
    ApiReply answer(ApiCall call) throws Exception;
  }

  /** Opens a WebSocket, on the event loop, when the request is known to ask for one. */
  @FunctionalInterface
  public interface Socket {
    /**
     * @param path the path's parameters
     * @param requester who opens it
     */
    void open(RoutingContext context, Map<String, String> path, Requester requester);
  }

  /** Hears of every request that was refused to a caller for want of a right; must not wait. */
  @FunctionalInterface
  public interface RefusalListener {
    /**
     * @param operation the operation's id in the contract
     * @param status of the answer
     */
    void refused(Requester requester, String operation, int status, Problem.Refusal refusal);
  }

  /** Answers one kind of request where that needs no wait, on the event loop. */
  @FunctionalInterface
  public interface PromptEndpoint {
    /** Returns the answer; empty where the {@link Endpoint} has to give it. */
    Optional<ApiReply> answer(ApiCall call);
  }

  /** An endpoint and where it runs. */
  private record Placed(
      WorkerExecutor worker, Endpoint endpoint, @Nullable PromptEndpoint prompt) {}

  private final Vertx vertx;
  private final Guard guard;
  private final Authentication authentication;
  private final AccessControl access;
  private final ApiContract contract;
  private final Map<String, Placed> endpoints = new TreeMap<>();
  private final Map<String, Socket> sockets = new TreeMap<>();
  private final Answering answering;
  private Consumer<Requester> calls = requester -> {};
  private final Failures failures;
  private final PromptRequests prompt;
  private final Uploads uploads = new Uploads();
  private @Nullable Router router;

  public Endpoints(
      Vertx vertx,
      Guard guard,
      Authentication authentication,
      AccessControl access,
      ApiContract contract) {
    this.vertx = vertx;
    this.guard = guard;
    this.authentication = authentication;
    this.access = access;
    this.contract = contract;
    this.answering = new Answering(vertx);
    this.failures = new Failures(vertx);
    this.prompt = new PromptRequests(guard, authentication, access, answering, failures);
  }

  /**
   * Gives an operation its handler.
   *
   * @param operation its {@code operationId} in the contract
   * @param worker the threads that the handler runs on
   */
  public Endpoints on(String operation, WorkerExecutor worker, Endpoint endpoint) {
    endpoints.put(operation, new Placed(worker, endpoint, null));
    return this;
  }

  /**
   * Gives an operation its handler, and one that answers requests of people where it need not wait:
   * a request of a program is counted before it is answered, and that may wait.
   */
  public Endpoints on(
      String operation, WorkerExecutor worker, Endpoint endpoint, PromptEndpoint prompt) {
    endpoints.put(operation, new Placed(worker, endpoint, prompt));
    return this;
  }

  /** Gives an operation that opens a WebSocket its handler. */
  public Endpoints socket(String operation, Socket socket) {
    sockets.put(operation, socket);
    return this;
  }

  /**
   * Sets the listener to the calls of operations, which is called on the operation's worker before
   * the operation is performed.
   */
  public Endpoints beforeEachCall(Consumer<Requester> listener) {
    calls = listener;
    return this;
  }

  /** Sets the listener to refusals, wherever in an operation they come from. */
  public Endpoints onRefusal(RefusalListener listener) {
    failures.onRefusal(listener);
    return this;
  }

  /**
   * Builds the router from the contract.
   *
   * @param publicPages the paths that are answered without a log-in
   * @param logInPage where a browser without a log-in is sent from every other page
   * @param otherwise answers GET requests for every path that the contract does not have
   * @throws IllegalStateException when an operation has no handler or no {@code x-permission}, or a
   *     handler no operation
   */
  public void install(
      WorkerExecutor worker, Set<String> publicPages, String logInPage, Endpoint otherwise) {
    checkComplete();
    RouterBuilder builder = RouterBuilder.create(vertx, contract.parsed());
    builder.rootHandler(this::guardRequest);
    BodyHandler body = BodyHandler.create(false).setBodyLimit(Limits.BODY);
    BodyHandler file = BodyHandler.create(false).setBodyLimit(Limits.FILE);
    for (OpenAPIRoute route : builder.getRoutes()) {
      // RequestValidation checks requests, on the operation's own worker.
      route.setDoValidation(false);
      Operation operation = route.getOperation();
      Socket socket = sockets.get(operation.getOperationId());
      Placed placed = endpoints.get(operation.getOperationId());
      AccessControl.Need need = need(operation);
      if (socket != null) {
        route.addHandler(context -> openSocket(context, socket, need));
      } else if (placed != null) {
        RequestValidation validation = new RequestValidation(contract, operation);
        // The library takes no other kind of handler before the one that reads the body.
        route.addHandler((SecurityPolicyHandler) context -> authorize(context, need));
        boolean takesFile = RequestValidation.takesFile(operation);
        String text = RequestValidation.textType(operation).orElse("application/json");
        route.addHandler(
            takesFile
                ? (SecurityPolicyHandler) context -> uploads.admit(context, requester(context))
                : (SecurityPolicyHandler) context -> ofType(context, text));
        route.addHandler(takesFile ? file : body);
        route.addHandler(context -> run(context, validation, placed));
        PromptEndpoint endpoint = placed.prompt;
        if (endpoint != null) {
          prompt.add(operation.getAbsoluteOpenAPIPath(), need, validation, placed.worker, endpoint);
        }
      }
    }
    Router built = builder.createRouter();
    refuseOtherMethods(built);
    Placed pages = new Placed(worker, otherwise, null);
    built
        .route()
        .handler((SecurityPolicyHandler) context -> authorizePage(context, publicPages, logInPage))
        .handler(body)
        .handler(context -> page(context, pages));
    built.route().failureHandler(this::fail);
    router = built;
  }

  private void checkComplete() {
    Set<String> operations =
        contract.parsed().operations().stream()
            .map(Operation::getOperationId)
            .collect(Collectors.toCollection(TreeSet::new));
    Set<String> handled = new TreeSet<>(endpoints.keySet());
    handled.addAll(sockets.keySet());
    Set<String> without = new TreeSet<>(operations);
    without.removeAll(handled);
    handled.removeAll(operations);
    if (!without.isEmpty() || !handled.isEmpty()) {
      throw new IllegalStateException(
          "operations of openapi.json without a handler: "
              + ErrorText.sorted(without)
              + "; handlers without an operation: "
              + ErrorText.sorted(handled));
    }
  }

  /** GET answers HEAD as well; every other method of a path that there is gets 405. */
  private void refuseOtherMethods(Router built) {
    Map<String, Set<String>> allowed = new TreeMap<>();
    for (Route route : built.getRoutes()) {
      if (route.getMetadata(RouterBuilder.KEY_META_DATA_OPERATION) instanceof Operation operation) {
        Set<String> methods = allowed.computeIfAbsent(route.getPath(), path -> new TreeSet<>());
        methods.add(operation.getHttpMethod().name());
        if (operation.getHttpMethod().equals(HttpMethod.GET)
            && endpoints.containsKey(operation.getOperationId())) {
          route.method(HttpMethod.HEAD);
          methods.add("HEAD");
        }
      }
    }
    allowed.forEach(
        (path, methods) ->
            built
                .route(path)
                .handler(
                    context -> {
                      if (!authentication.requester(context.request()).caller().valid()) {
                        throw AccessControl.unauthenticated();
                      }
                      String list = ErrorText.sorted(methods);
                      throw Problem.of(405, "Allowed here: " + list + ".")
                          .withHeader("Allow", list);
                    }));
  }

  private void guardRequest(RoutingContext context) {
    guard.check(context.request(), false);
    context.next();
  }

  private AccessControl.Need need(Operation operation) {
    String path = operation.getAbsoluteOpenAPIPath();
    HttpMethod method = operation.getHttpMethod();
    return AccessControl.Need.of(
        operation.getOperationId(),
        contract.permission(path, method),
        contract.past(path, method),
        contract.pictures(path, method),
        path);
  }

  private void authorize(RoutingContext context, AccessControl.Need need) {
    Requester requester = authentication.requester(context.request());
    context.put(REQUESTER, requester).put(OPERATION, need.operation());
    context.put(NEED, need);
    context.put(VISIBLE_FROM, access.check(requester, need, context.pathParams()));
    if (!need.isPublic()) {
      // A log-in is nothing that one log-in's token could be asked for; Guard has checked its
      // origin.
      Authentication.checkForgery(context.request(), requester.caller());
    }
    context.next();
  }

  /** Returns the number of requests whose file is coming or being worked on. */
  public int uploads() {
    return uploads.count();
  }

  /** A body of bytes is for the operations that take a file, and each other for its own. */
  private static void ofType(RoutingContext context, String type) {
    boolean patch = context.request().method().equals(HttpMethod.PATCH);
    if (patch || Guard.hasBody(context.request())) {
      Guard.checkType(context.request(), type);
      Guard.checkCoding(context.request());
    }
    context.next();
  }

  /** A browser that asks for a page is sent to log in; whatever else is asked for gets 401. */
  private void authorizePage(RoutingContext context, Set<String> publicPages, String logInPage) {
    Requester requester = authentication.requester(context.request());
    context.put(REQUESTER, requester);
    String path = context.normalizedPath();
    if (publicPages.contains(path) || requester.caller().valid()) {
      context.next();
    } else if (path.equals("/") || path.endsWith(".html")) {
      context.response().setStatusCode(302).putHeader("Location", logInPage).end();
    } else {
      throw AccessControl.unauthenticated();
    }
  }

  static Requester requester(RoutingContext context) {
    return requireNonNull(context.get(REQUESTER));
  }

  private void openSocket(RoutingContext context, Socket socket, AccessControl.Need need) {
    guard.check(context.request(), true);
    Requester requester = authentication.requester(context.request());
    context.put(REQUESTER, requester).put(OPERATION, need.operation());
    access.check(requester, need, context.pathParams());
    Handshake.check(context.request());
    socket.open(context, Map.copyOf(context.pathParams()), requester);
  }

  private void page(RoutingContext context, Placed pages) {
    HttpMethod method = context.request().method();
    if (!method.equals(HttpMethod.GET) && !method.equals(HttpMethod.HEAD)) {
      throw Problem.notFound("such address");
    }
    boolean gzip = context.parsedHeaders().acceptEncoding().stream().anyMatch(Endpoints::isGzip);
    ApiCall call = ApiCall.page(context.normalizedPath(), gzip, requester(context));
    answering.onWorker(new Routed(context), pages.worker, () -> pages.endpoint.answer(call));
  }

  private static boolean isGzip(ParsedHeaderValue coding) {
    return coding.value().equalsIgnoreCase("gzip") && coding.weight() > 0;
  }

  /**
   * Answers a request. What the router could not even match is answered here, in the same words and
   * with the same headers as the rest.
   */
  public void handle(HttpServerRequest request) {
    begin(request);
    Optional<Problem> problem = RequestTarget.problem(request);
    if (problem.isPresent()) {
      HttpResponses.last(vertx, request, problem.get());
    } else if (!prompt.answer(request)) {
      requireNonNull(router).handle(request);
    }
  }

  /** Gives an answer its request's id and the headers that every answer has. */
  public void begin(HttpServerRequest request) {
    Headers.onEveryAnswer(request.response(), guard.origin(request));
  }

  private void run(RoutingContext context, RequestValidation validation, Placed placed) {
    String target = context.normalizedPath();
    Map<String, String> path = Map.copyOf(context.pathParams());
    Map<String, List<String>> query =
        context.queryParams().names().stream()
            .collect(toMap(name -> name, name -> List.copyOf(context.queryParam(name))));
    Map<String, String> headers = PromptRequests.headers(context.request().headers());
    Buffer body = context.body().buffer();
    byte[] bytes = body == null ? new byte[0] : body.getBytes();
    Requester requester = requester(context);
    Instant visibleFrom = requireNonNull(context.get(VISIBLE_FROM));
    answering.onWorker(
        new Routed(context),
        placed.worker,
        () -> {
          calls.accept(requester);
          return placed.endpoint.answer(
              validation.check(target, path, query, headers, bytes, requester, visibleFrom));
        });
  }

  /** A request that the router has matched. */
  private final class Routed implements Exchange {
    private final RoutingContext context;

    Routed(RoutingContext context) {
      this.context = context;
    }

    @Override
    public HttpServerRequest request() {
      return context.request();
    }

    @Override
    public Requester requester() {
      return Endpoints.requester(context);
    }

    @Override
    public void whenOver(Runnable what) {
      context.addEndHandler(ended -> what.run());
    }

    @Override
    public void checkAgain() {
      AccessControl.Need need = requireNonNull(context.get(NEED));
      access.check(requester(), need, context.pathParams());
    }

    @Override
    public void fail(Throwable failure) {
      context.fail(failure);
    }
  }

  private void fail(RoutingContext context) {
    failures.answer(
        context.request(), context.get(REQUESTER), context.get(OPERATION), failure(context));
  }

  /** What the router itself refuses has a status and no failure. */
  private static Throwable failure(RoutingContext context) {
    Throwable failure = context.failure();
    int status = context.statusCode();
    if (failure instanceof Problem || failure instanceof StoreException) {
      return failure;
    }
    if (status == 413) {
      int most = Uploads.isOne(context) ? Limits.FILE : Limits.BODY;
      return Problem.of(413, "A body may have " + most + " bytes at most.");
    }
    if (status >= 400 && status < 500) {
      return Problem.of(status, "The request cannot be understood.");
    }
    return failure == null ? new IllegalStateException("answered with " + status) : failure;
  }
}
