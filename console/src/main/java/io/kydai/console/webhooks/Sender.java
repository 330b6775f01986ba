package io.kydai.console.webhooks;

import io.kydai.console.outbox.Outcome;
import io.kydai.console.outbox.Outcome.Kind;
import io.kydai.ingest.concurrent.NamedThreadFactory;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Sends events by HTTP. Redirects are not followed. A time limit applies to the whole attempt, from
 * the connection to the end of the response; at most {@value #MAX_RESPONSE} bytes of the response's
 * body are read and discarded.
 */
final class Sender implements AutoCloseable {
  private static final int MAX_RESPONSE = 64 * 1024;

  private final Duration limit;
  private final ExecutorService executor =
      Executors.newFixedThreadPool(2, NamedThreadFactory.daemon("webhooks-http"));
  private final HttpClient client;

  Sender(Duration limit) {
    this.limit = limit;
    client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(limit)
            .executor(executor)
            .build();
  }

  /**
   * The outcome of an attempt.
   *
   * @param status the HTTP status of the response; 0 where there was none
   * @param why the outcome as a text
   */
  record Answer(int status, String why) {
    /** Returns whether the endpoint accepted the event (a status of 200 to 299). */
    boolean delivered() {
      return status >= 200 && status < 300;
    }

    /** Returns what follows from it: an endpoint refuses an event for good by 410. */
    Outcome inOutbox() {
      Kind kind = delivered() ? Kind.DELIVERED : status == 410 ? Kind.REFUSED : Kind.FAILED;
      return new Outcome(kind, why);
    }
  }

  /**
   * Makes an attempt to deliver an event.
   *
   * @param now the time for the signature
   * @return a future with the outcome, which never completes exceptionally
   */
  CompletableFuture<Answer> send(WebhookEndpoint endpoint, String event, String body, Instant now) {
    HttpRequest request =
        HttpRequest.newBuilder(endpoint.config().url())
            .timeout(limit)
            .header("Content-Type", "application/cloudevents+json; charset=utf-8")
            .header("User-Agent", "kydai")
            .header("webhook-id", event)
            .header("webhook-timestamp", Long.toString(now.getEpochSecond()))
            .header(
                "webhook-signature",
                Signature.of(endpoint.config().secret().value(), event, now, body))
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    CompletableFuture<HttpResponse<Void>> exchange =
        client.sendAsync(request, answer -> new Discarding());
    // The timeout of the request covers the headers of the response; this one covers the body too.
    CompletableFuture<HttpResponse<Void>> limited =
        exchange.copy().orTimeout(limit.toMillis(), TimeUnit.MILLISECONDS);
    return limited.handle(
        (answer, failure) -> {
          if (failure != null) {
            exchange.cancel(true);
            return new Answer(0, describe(failure));
          }
          return new Answer(answer.statusCode(), "HTTP status " + answer.statusCode());
        });
  }

  /** Describes a failure by its class only, because the messages may contain the address. */
  private String describe(Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    boolean late =
        cause instanceof TimeoutException || cause instanceof java.net.http.HttpTimeoutException;
    return late
        ? "no response within " + limit.toSeconds() + " s"
        : cause.getClass().getSimpleName();
  }

  @Override
  public void close() {
    executor.shutdownNow();
  }

  /** Reads the body of the response up to the bound and discards it. */
  private static final class Discarding implements HttpResponse.BodySubscriber<Void> {
    private final CompletableFuture<Void> done = new CompletableFuture<>();

    @SuppressWarnings("NullAway.Init") // the publisher calls onSubscribe first (Flow.Subscriber)
    private Flow.Subscription subscription;

    private int read;

    @Override
    public CompletionStage<Void> getBody() {
      return done;
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
      subscription = given;
      given.request(1);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
      read += buffers.stream().mapToInt(ByteBuffer::remaining).sum();
      if (read > MAX_RESPONSE) {
        subscription.cancel();
        done.complete(null);
      } else {
        subscription.request(1);
      }
    }

    @Override
    public void onError(Throwable failure) {
      done.completeExceptionally(failure);
    }

    @Override
    public void onComplete() {
      done.complete(null);
    }
  }
}
