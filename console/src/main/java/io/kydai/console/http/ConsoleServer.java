package io.kydai.console.http;

import io.kydai.console.audit.Actor;
import io.kydai.console.audit.AuditEvent;
import io.kydai.console.audit.AuditEventType;
import io.kydai.console.audit.AuditGroups;
import io.kydai.console.config.HttpConfig;
import io.kydai.console.config.ServerTls;
import io.kydai.console.http.access.AccessControl;
import io.kydai.console.http.access.Authentication;
import io.kydai.console.http.access.Requester;
import io.kydai.console.http.answer.Problem;
import io.kydai.console.http.api.camera.CameraPlaces;
import io.kydai.console.http.api.camera.Cameras;
import io.kydai.console.http.api.camera.PictureAccess;
import io.kydai.console.http.api.live.LiveHlsApi;
import io.kydai.console.http.api.live.LiveMjpegApi;
import io.kydai.console.http.api.live.WhepApi;
import io.kydai.console.http.api.people.Identity;
import io.kydai.console.http.contract.ApiContract;
import io.kydai.console.http.origin.ProxyHeaders;
import io.kydai.console.http.push.EventSockets;
import io.kydai.console.http.push.LiveSockets;
import io.kydai.console.http.server.ConnectionLimiter;
import io.kydai.console.http.server.Endpoints;
import io.kydai.console.http.server.Guard;
import io.kydai.console.http.server.HttpResponses;
import io.kydai.console.http.server.Limits;
import io.kydai.console.http.server.Pages;
import io.kydai.console.http.server.ServerConnections;
import io.kydai.console.http.server.ServerOptions;
import io.kydai.console.http.tls.CertificateFiles;
import io.kydai.console.http.tls.ServerCertificate;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.KeyCertOptions;
import io.vertx.core.net.ServerSSLOptions;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The console's HTTP server. It serves from {@link #start} to {@link #close}; {@link Limits} has
 * its bounds.
 */
public final class ConsoleServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ConsoleServer.class);
  private static final String LOG_IN_PAGE = "/signin.html";

  /** The page to log in, the page behind a link to a case, and what they load. */
  private static final Set<String> PUBLIC_PAGES =
      Set.of(
          LOG_IN_PAGE,
          "/signin.js",
          "/passkey.js",
          "/i18n.js",
          "/formats.js",
          "/site.js",
          "/frame/theme.js",
          "/words/common.js",
          "/words/signin.js",
          "/share.html",
          "/share.js",
          "/words/share.js",
          "/styles/tokens.css",
          "/styles/base.css",
          "/styles/frame.css",
          "/styles/controls.css",
          "/styles/signin.css",
          // The browser asks for it by itself, also while nobody is logged in.
          "/messages-worker.js",
          "/tower.svg",
          "/flag.svg");

  private static final long START_SECONDS = 10;
  private static final long CLOSE_SECONDS = 3;

  /** Milliseconds between two looks at whether the certificate's files changed. */
  private static final long RENEWAL_MILLIS = 10_000;

  /** Milliseconds between two looks at whether a claim of a report, or a viewing, is over. */
  private static final long EXPIRY_MILLIS = 2_000;

  private final String host;
  private final int wantedPort;
  private final Workers workers;
  private final Endpoints endpoints;
  private final HttpServer server;
  private final ServerConnections connections;
  private final Vertx vertx;
  private final @Nullable CertificateFiles certificate;
  private final long renewal;
  private final long expiry;
  private volatile @Nullable X509Certificate served;
  private final LiveSockets live;
  private final LiveHlsApi hls;
  private final LiveMjpegApi mjpeg;
  private final WhepApi whep;
  private final long viewingExpiry;

  /**
   * Creates what finds out who calls, and decides what the caller may do. {@code scripts/bench
   * console} measures the server beside one that lets everybody in.
   */
  interface Entrance {
    /** The product's. */
    Entrance USUAL = new Entrance() {};

    default Authentication authentication(Identity identity, ProxyHeaders proxies) {
      return new Authentication(identity.sessions()::find, identity.sessions()::findToken, proxies);
    }

    default AccessControl access(Cameras cameras) {
      return new AccessControl(
          camera -> cameras.find(camera).map(view -> CameraPlaces.of(view.config())),
          new PictureAccess(cameras)::isWhole);
    }
  }

  /**
   * @param vertx is closed by the caller, after this server
   * @param contract as it is being loaded; the constructor waits for it
   */
  public ConsoleServer(
      Vertx vertx, Future<ApiContract> contract, HttpConfig http, Backend backend) {
    this(vertx, contract, http, backend, Limits.Connections.USUAL);
  }

  public ConsoleServer(
      Vertx vertx,
      Future<ApiContract> contract,
      HttpConfig http,
      Backend backend,
      Limits.Connections limits) {
    this(vertx, contract, http, backend, limits, Entrance.USUAL);
  }

  ConsoleServer(
      Vertx vertx,
      Future<ApiContract> contract,
      HttpConfig http,
      Backend backend,
      Limits.Connections limits,
      Entrance entrance) {
    ProxyHeaders proxies = new ProxyHeaders(http.behindProxy());
    this.connections = new ServerConnections(new ConnectionLimiter(limits, proxies::isProxy));
    this.host = http.host();
    this.wantedPort = http.port();
    this.workers = Workers.of(vertx);
    this.endpoints =
        new Endpoints(
            vertx,
            new Guard(host, http.publicUrl(), proxies),
            entrance.authentication(backend.identity(), proxies),
            entrance.access(backend.cameras()),
            ApiContract.await(contract));
    this.live =
        new LiveSockets(
            vertx, workers.viewing(), backend.cameras(), backend.audit(), limits.sockets());
    this.hls = new LiveHlsApi(backend.cameras(), backend.audit(), Clock.systemUTC());
    hls.register(endpoints, workers.viewing());
    this.whep =
        new WhepApi(backend.webRtc(), backend.cameras(), backend.audit(), workers.viewing());
    whep.register(endpoints);
    this.mjpeg = new LiveMjpegApi(backend.cameras(), backend.audit());
    mjpeg.register(endpoints, workers.mjpeg());
    new Operations(backend, workers, http.publicUrl()).register(endpoints);
    RefusalAudit refusals = new RefusalAudit(backend.audit(), Clock.systemUTC());
    endpoints.beforeEachCall(requester -> used(backend.audit(), requester));
    endpoints.onRefusal(
        (requester, operation, status, refusal) ->
            refused(refusals, requester, operation, status, refusal));
    EventSockets events = backend.events();
    events.whenGone(backend.desk().claims()::releaseAll);
    endpoints.socket(
        "watchEvents", (context, path, requester) -> events.accept(context, requester));
    endpoints.socket("watchLive", live::accept);
    Pages pages =
        new Pages(
            ConsoleServer.class.getClassLoader(), backend.site().tiles().origin().orElse(null));
    endpoints.install(
        workers.viewing(),
        PUBLIC_PAGES,
        LOG_IN_PAGE,
        call -> pages.page(call.target(), call.acceptsGzip()));
    this.expiry = vertx.setPeriodic(EXPIRY_MILLIS, id -> backend.desk().claims().expire());
    this.viewingExpiry = vertx.setPeriodic(EXPIRY_MILLIS, id -> expireViewings());
    this.certificate =
        http.tls() instanceof ServerTls.Files files ? new CertificateFiles(files) : null;
    HttpServerOptions options =
        certificate == null
            ? ServerOptions.plain()
            : ServerOptions.overTls(
                KeyCertOptions.wrap(certificate.first().keyManager()), connections::count);
    this.renewal =
        certificate == null
            ? -1
            : vertx.setPeriodic(
                RENEWAL_MILLIS,
                id -> workers.desk().executeBlocking(this::renewCertificate, false));
    this.vertx = vertx;
    this.server =
        vertx
            .createHttpServer(options)
            .connectionHandler(connections::enter)
            .invalidRequestHandler(this::refuse)
            .requestHandler(this::handle);
    PrometheusMeterRegistry metrics = backend.metrics();
    this.served = certificate == null ? null : certificate.first().leaf();
    Gauge.builder("kydai.console.tls.certificate.expiry", this, ConsoleServer::expiry)
        .description("End of the TLS certificate's validity, Unix time; NaN without TLS")
        .baseUnit("seconds")
        .register(metrics);
    gauge(metrics, "kydai.console.http.connections", "Open connections", connections::open);
    gauge(
        metrics, "kydai.console.events.listeners", "WebSockets that receive events", events::count);
    gauge(metrics, "kydai.console.live.viewers", "WebSockets that receive live video", live::count);
    gauge(metrics, "kydai.console.mjpeg.viewers", "Viewers of motion JPEG", mjpeg::viewers);
    gauge(metrics, "kydai.console.hls.viewers", "Viewers of live video by HLS", hls::viewers);
    Gauge.builder("kydai.console.hls.kept", hls, LiveHlsApi::bytes)
        .description("Live video that is in memory for HLS")
        .baseUnit("bytes")
        .register(metrics);
  }

  private void expireViewings() {
    workers
        .viewing()
        .executeBlocking(
            () -> {
              hls.expire();
              whep.expire();
              return true;
            },
            false);
  }

  /**
   * Records a refusal on a worker: this is called on an event loop, and the answer does not wait.
   */
  private void refused(
      RefusalAudit refusals,
      Requester requester,
      String operation,
      int status,
      Problem.Refusal refusal) {
    workers
        .desk()
        .executeBlocking(
            () -> {
              refusals.record(
                  requester.caller().actor(), requester.origin(), operation, status, refusal);
              return true;
            },
            false);
  }

  private static void used(AuditGroups audit, Requester requester) {
    if (requester.caller().actor().kind() == Actor.Kind.TOKEN) {
      audit.record(
          AuditEvent.of(AuditEventType.TOKEN_USED, requester.caller().actor(), requester.origin()));
    }
  }

  private static void gauge(
      PrometheusMeterRegistry metrics, String name, String description, IntSupplier value) {
    // The reference is strong, because nothing else refers to the method reference.
    Gauge.builder(name, value, IntSupplier::getAsInt)
        .description(description)
        .strongReference(true)
        .register(metrics);
  }

  /**
   * Starts to listen.
   *
   * @return the port
   * @throws IOException when the address cannot be bound, such as when another process has it
   */
  public int start() throws IOException {
    return await(server.listen(wantedPort, host), START_SECONDS).actualPort();
  }

  /** Returns the number of open connections. */
  public int connections() {
    return connections.open();
  }

  /** Returns the number of open live WebSockets. */
  public int viewers() {
    return live.count();
  }

  /** Returns the number of requests whose file is coming or being worked on. */
  public int uploads() {
    return endpoints.uploads();
  }

  private void handle(HttpServerRequest request) {
    Optional<Problem> refusal = connections.refusal(request);
    if (refusal.isPresent()) {
      endpoints.begin(request);
      HttpResponses.last(vertx, request, refusal.get());
    } else {
      endpoints.handle(request);
    }
  }

  /**
   * Reads the certificate's files again, if there are any. New connections get a certificate that
   * changed; those that are open keep theirs.
   *
   * @return whether it changed and is in use
   * @throws IOException when the server cannot take it
   */
  boolean renewCertificate() throws IOException {
    Optional<ServerCertificate> changed =
        certificate == null ? Optional.empty() : certificate.changed();
    if (changed.isEmpty()) {
      return false;
    }
    ServerSSLOptions options =
        ServerOptions.renewed(KeyCertOptions.wrap(changed.get().keyManager()));
    boolean updated = await(server.updateSSLOptions(options), START_SECONDS);
    if (updated) {
      served = changed.get().leaf();
    }
    return updated;
  }

  private double expiry() {
    X509Certificate now = served;
    return now == null ? Double.NaN : now.getNotAfter().toInstant().getEpochSecond();
  }

  /** Answers bytes that are no readable request with a problem, as other requests. */
  private void refuse(HttpServerRequest request) {
    Throwable cause = request.decoderResult().cause();
    String kind = cause == null ? "" : cause.getClass().getSimpleName();
    endpoints.begin(request);
    Problem problem =
        switch (kind) {
          case "TooLongHttpLineException" ->
              Problem.of(414, "A request's first line may have " + Limits.TARGET + " bytes.");
          case "TooLongHttpHeaderException" ->
              Problem.of(431, "A request's headers may have " + Limits.HEADERS + " bytes.");
          default -> Problem.of(400, "This is not a well-formed HTTP/1.1 request.");
        };
    HttpResponses.last(vertx, request, problem);
  }

  /** Closes the socket and every connection; WebSockets get a close frame. */
  @Override
  public void close() {
    if (certificate != null) {
      vertx.cancelTimer(renewal);
    }
    vertx.cancelTimer(expiry);
    vertx.cancelTimer(viewingExpiry);
    ClosingSteps.run(
        Map.entry("requests", () -> await(server.shutdown(1, TimeUnit.SECONDS), CLOSE_SECONDS)),
        Map.entry("HLS", hls::close),
        Map.entry("WHEP", whep::close),
        Map.entry("MJPEG", mjpeg::close),
        Map.entry("workers", () -> await(workers.close(), CLOSE_SECONDS)));
  }

  private static <T> T await(Future<T> future, long seconds) throws IOException {
    try {
      return future.toCompletionStage().toCompletableFuture().get(seconds, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new IOException("nothing happened within " + seconds + " s", e);
    } catch (ExecutionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new IOException(cause.getMessage(), cause);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }
}
