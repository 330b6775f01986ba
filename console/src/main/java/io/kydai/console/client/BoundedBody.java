package io.kydai.console.client;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;

/** The body of an answer within a bound; a longer one fails, and is read no further. */
public final class BoundedBody implements HttpResponse.BodySubscriber<byte[]> {
  /** The body is longer than the bound. */
  public static final class TooLongException extends IOException {
    private static final long serialVersionUID = 1;

    TooLongException(int most) {
      super("the answer is longer than " + most + " bytes");
    }
  }

  private final int most;
  private final CompletableFuture<byte[]> done = new CompletableFuture<>();
  private final ByteArrayOutputStream read = new ByteArrayOutputStream();

  @SuppressWarnings("NullAway.Init") // the publisher calls onSubscribe first (Flow.Subscriber)
  private Flow.Subscription subscription;

  /**
   * Creates the reader of one answer.
   *
   * @param most bytes
   */
  public BoundedBody(int most) {
    this.most = most;
  }

  @Override
  public CompletionStage<byte[]> getBody() {
    return done;
  }

  @Override
  public void onSubscribe(Flow.Subscription given) {
    subscription = given;
    given.request(1);
  }

  @Override
  public void onNext(List<ByteBuffer> buffers) {
    for (ByteBuffer buffer : buffers) {
      if (read.size() + buffer.remaining() > most) {
        subscription.cancel();
        done.completeExceptionally(new TooLongException(most));
        return;
      }
      byte[] bytes = new byte[buffer.remaining()];
      buffer.get(bytes);
      read.write(bytes, 0, bytes.length);
    }
    subscription.request(1);
  }

  @Override
  public void onError(Throwable failure) {
    done.completeExceptionally(failure);
  }

  @Override
  public void onComplete() {
    done.complete(read.toByteArray());
  }
}
