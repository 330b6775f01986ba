package io.kydai.console.webhooks;

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
 * Makes one attempt. Follows no redirects; an attempt, from the connection to the end of the
 * answer, has its time limit; of an answer's body at most {@value #MAX_ANSWER} bytes are read, and
 * none kept.
 */
final class Sender implements AutoCloseable {
  private static final int MAX_ANSWER = 64 * 1024;

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
   * How an attempt ended.
   *
   * @param status of the answer; 0 where there was none
   * @param why for people
   */
  record Outcome(int status, String why) {
    boolean delivered() {
      return status >= 200 && status < 300;
    }

    /** The endpoint says that it does not want to hear of this any more. */
    boolean gone() {
      return status == 410;
    }
  }

  /** Never completes exceptionally. */
  CompletableFuture<Outcome> send(
      WebhookEndpoint endpoint, String event, String body, Instant now) {
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
    // The request's own limit ends with the answer's headers; this one holds for its body, too.
    CompletableFuture<HttpResponse<Void>> limited =
        exchange.copy().orTimeout(limit.toMillis(), TimeUnit.MILLISECONDS);
    return limited.handle(
        (answer, failure) -> {
          if (failure != null) {
            exchange.cancel(true);
            return new Outcome(0, describe(failure));
          }
          return new Outcome(answer.statusCode(), "HTTP status " + answer.statusCode());
        });
  }

  /** By its kind only: messages of the client's exceptions may repeat the address. */
  private String describe(Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    boolean late =
        cause instanceof TimeoutException || cause instanceof java.net.http.HttpTimeoutException;
    return late ? "no answer within " + limit.toSeconds() + " s" : cause.getClass().getSimpleName();
  }

  @Override
  public void close() {
    executor.shutdownNow();
  }

  /** Reads the answer's body up to the bound and drops it. */
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
      if (read > MAX_ANSWER) {
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
