package io.kydai.console.http.server;

import io.vertx.core.Context;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Writes the body of a response from a worker. At most {@value #PIECE} bytes are in memory: a full
 * piece is sent, and the worker waits until the connection has taken it, for {@value
 * Limits#IDLE_SECONDS} s at most, and less where too many clients are slow: see {@link SlowReader}.
 */
final class ResponseStream extends OutputStream {
  private static final int PIECE = 64 * 1024;

  private final HttpServerResponse response;
  private final Context loop;
  private final SlowReader reader;
  private Buffer piece = Buffer.buffer(PIECE);

  /**
   * @param reader is closed with the stream
   */
  ResponseStream(HttpServerResponse response, Context loop, SlowReader reader) {
    this.response = response;
    this.loop = loop;
    this.reader = reader;
  }

  @Override
  public void write(int one) throws IOException {
    write(new byte[] {(byte) one}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    piece.appendBytes(bytes, offset, length);
    if (piece.length() >= PIECE) {
      flush();
    }
  }

  /**
   * @throws IOException when the client has gone, or does not read
   */
  @Override
  public void flush() throws IOException {
    if (piece.length() == 0) {
      return;
    }
    Buffer full = piece;
    piece = Buffer.buffer(PIECE);
    Promise<Void> taken = Promise.promise();
    loop.runOnContext(
        turn -> {
          if (response.closed()) {
            taken.fail(new IOException("the client has gone"));
          } else {
            response.write(full).onComplete(taken);
          }
        });
    await(taken.future().toCompletionStage().toCompletableFuture());
  }

  private void await(CompletableFuture<Void> taken) throws IOException {
    long begin = System.nanoTime();
    long patience = reader.patienceMillis();
    try {
      if (patience > 0) {
        try {
          taken.get(patience, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
          reader.tired();
        }
      }
      taken.get(Limits.IDLE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new IOException("the client does not take the answer", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } finally {
      reader.waited(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin));
    }
  }

  @Override
  public void close() {
    reader.close();
  }
}
