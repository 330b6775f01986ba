package io.kydai.console.messages.push;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.kydai.console.outbox.Outcome;
import io.kydai.console.outbox.Outcome.Kind;
import io.kydai.ingest.concurrent.NamedThreadFactory;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends messages to browsers through their push services. Redirects are not followed, an answer's
 * body is not read, and a whole attempt ends after a limit. Names are looked up by two threads;
 * when {@value #MAX_LOOKUPS} look-ups wait, a further attempt fails.
 */
public final class PushSender implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PushSender.class);
  private static final int MAX_LOOKUPS = 1_000;
  private static final int NOT_FOUND = 404;
  private static final int TIMEOUT = 408;
  private static final int GONE = 410;
  private static final int TOO_MANY = 429;
  private static final int SERVER_ERRORS = 500;

  private final HttpClient client;
  private final PushAddresses addresses;
  private final Supplier<VapidKey> key;
  private final Supplier<String> contact;
  private final Duration limit;
  private final SecureRandom random = new SecureRandom();
  private final ExecutorService lookups =
      new ThreadPoolExecutor(
          2,
          2,
          0,
          TimeUnit.SECONDS,
          new LinkedBlockingQueue<>(MAX_LOOKUPS),
          NamedThreadFactory.daemon("push-names"));

  /**
   * A message.
   *
   * @param text JSON for the service worker, at most 3,900 bytes in UTF-8
   * @param topic by which a push service replaces one that is not fetched yet: letters and digits,
   *     at most 32
   * @param urgent whether a browser that saves power is woken for it
   * @param life how long the push service keeps it for a browser that is away
   */
  public record Push(String text, String topic, boolean urgent, Duration life) {}

  /**
   * @param key the node's key, which is asked for at each attempt
   * @param contact where push services may ask who this is
   * @param limit how long an attempt takes at most
   */
  public PushSender(
      Vertx vertx,
      HttpClientOptions options,
      PushAddresses addresses,
      Supplier<VapidKey> key,
      Supplier<String> contact,
      Duration limit) {
    this.addresses = requireNonNull(addresses);
    this.key = requireNonNull(key);
    this.contact = requireNonNull(contact);
    this.limit = requireNonNull(limit);
    client =
        vertx.createHttpClient(
            new HttpClientOptions(options)
                .setSsl(true)
                .setVerifyHost(true)
                .setConnectTimeout((int) limit.toMillis())
                .setIdleTimeout((int) limit.toSeconds()));
  }

  /**
   * Makes an attempt.
   *
   * @return the outcome, which never completes exceptionally
   */
  public CompletionStage<Outcome> send(PushSubscription to, Push push, Instant now) {
    URI address = to.address();
    CompletableFuture<InetAddress> found;
    try {
      found = CompletableFuture.supplyAsync(() -> find(address), lookups);
    } catch (RejectedExecutionException e) {
      return CompletableFuture.completedFuture(
          new Outcome(Kind.FAILED, "too many names are being looked up"));
    }
    return found
        .thenCompose(machine -> request(machine, to, push, now).toCompletionStage())
        .exceptionally(this::failed);
  }

  private InetAddress find(URI address) {
    try {
      return addresses.find(address);
    } catch (UnknownHostException e) {
      throw new CompletionException(e);
    }
  }

  private Future<Outcome> request(
      InetAddress machine, PushSubscription to, Push push, Instant now) {
    URI address = to.address();
    int port = address.getPort() < 0 ? 443 : address.getPort();
    String path = address.getRawPath().isEmpty() ? "/" : address.getRawPath();
    String target = path + (address.getRawQuery() == null ? "" : "?" + address.getRawQuery());
    byte[] body =
        PushEncryption.encrypt(push.text().getBytes(UTF_8), to.key(), to.secret(), random);
    RequestOptions options =
        new RequestOptions()
            .setMethod(HttpMethod.POST)
            .setServer(SocketAddress.inetSocketAddress(port, machine.getHostAddress()))
            .setHost(address.getHost())
            .setPort(port)
            .setSsl(true)
            .setFollowRedirects(false)
            .setURI(target)
            .putHeader("TTL", Long.toString(push.life().toSeconds()))
            .putHeader("Urgency", push.urgent() ? "high" : "normal")
            .putHeader("Topic", push.topic())
            .putHeader("Content-Encoding", "aes128gcm")
            .putHeader("Content-Type", "application/octet-stream")
            .putHeader("Authorization", key.get().authorization(address, contact.get(), now));
    return client
        .request(options)
        .compose(request -> request.send(Buffer.buffer(body)))
        .timeout(limit.toMillis(), TimeUnit.MILLISECONDS)
        .map(PushSender::outcome);
  }

  private static Outcome outcome(HttpClientResponse answer) {
    int status = answer.statusCode();
    // What a service may still say is not read; that its stream ends by that is no news.
    answer.exceptionHandler(ended -> LOG.trace("the answer of a push service is left", ended));
    answer.request().reset();
    String why = "HTTP status " + status;
    if (status >= 200 && status < 300) {
      return new Outcome(Kind.DELIVERED, why);
    }
    boolean later = status == TIMEOUT || status == TOO_MANY || status >= SERVER_ERRORS;
    return new Outcome(later ? Kind.FAILED : Kind.REFUSED, why);
  }

  /** Returns whether an outcome says that the browser does not take messages any more. */
  public static boolean isGone(Outcome outcome) {
    return outcome.why().equals("HTTP status " + GONE)
        || outcome.why().equals("HTTP status " + NOT_FOUND);
  }

  /** Describes a failure without its own words, which may have the address. */
  private Outcome failed(Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    if (cause instanceof IllegalArgumentException) {
      return new Outcome(Kind.REFUSED, "the address is not one of a push service");
    }
    if (cause instanceof UnknownHostException) {
      return new Outcome(Kind.FAILED, "the push service's name is not known");
    }
    if (cause instanceof TimeoutException) {
      return new Outcome(Kind.FAILED, "no answer within " + limit.toSeconds() + " s");
    }
    return new Outcome(Kind.FAILED, cause.getClass().getSimpleName());
  }

  @Override
  public void close() {
    lookups.shutdownNow();
    client.close();
  }
}
