package io.kydai.models.download;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * A stream whose reads fail when nothing arrives for some time. The underlying stream is then
 * closed from another thread, which must end a read that waits. Java's HTTP client has a deadline
 * for an answer's headers and none for its body.
 */
final class StallLimitedInputStream extends FilterInputStream {
  private final Duration limit;
  private volatile boolean stalled;

  /**
   * Creates the stream.
   *
   * @param limit the longest time that one read may take
   */
  StallLimitedInputStream(InputStream in, Duration limit) {
    super(in);
    this.limit = limit;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    CompletableFuture<Boolean> arrival = new CompletableFuture<>();
    CompletableFuture<Boolean> unused =
        arrival
            .orTimeout(limit.toMillis(), TimeUnit.MILLISECONDS)
            .whenComplete((arrived, late) -> end(late != null));
    try {
      int n = in.read(buffer, offset, length);
      if (!stalled) {
        return n;
      }
    } catch (IOException e) {
      if (!stalled) {
        throw e;
      }
    } finally {
      arrival.complete(true);
    }
    throw new IOException("nothing came for " + limit.toSeconds() + " s");
  }

  private void end(boolean late) {
    if (late) {
      stalled = true;
      try {
        in.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
