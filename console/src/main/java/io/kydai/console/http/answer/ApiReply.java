package io.kydai.console.http.answer;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** The answer to a request. */
public sealed interface ApiReply {
  /** Returns the headers besides those that every answer has. */
  Map<String, String> headers();

  /** An answer whose body is in memory. */
  record Bytes(int status, String mediaType, byte[] body, Map<String, String> headers)
      implements ApiReply {
    public Bytes {
      headers = Map.copyOf(headers);
    }
  }

  /**
   * A file that does not change; a client may ask for a range of it.
   *
   * @param tag identifies the content, for {@code ETag}
   */
  record File(Path path, long size, String mediaType, String tag, Map<String, String> headers)
      implements ApiReply {
    public File {
      headers = Map.copyOf(headers);
    }
  }

  /** Writes the body of an answer, on a worker. */
  @FunctionalInterface
  interface BodyWriter {
    /**
     * Writes the whole body.
     *
     * @param out waits while the client does not read; closing it is not needed
     * @throws IOException when the client has gone; the connection is closed then
     */
    void writeTo(OutputStream out) throws IOException;
  }

  /** An answer of unknown length, which is written piece by piece while the client reads it. */
  record Stream(String mediaType, BodyWriter body, Map<String, String> headers)
      implements ApiReply {
    public Stream {
      headers = Map.copyOf(headers);
    }
  }

  /** Writes a range of the body of an answer, on a worker. */
  @FunctionalInterface
  interface RangeWriter {
    /**
     * Writes a range of the body.
     *
     * @param out waits while the client does not read; closing it is not needed
     * @throws IOException when the client has gone, or the body cannot be made; the connection is
     *     closed then
     */
    void writeTo(OutputStream out, long first, long length) throws IOException;
  }

  /**
   * An answer of known length that is made while the client reads it, of which a client may ask for
   * a range.
   *
   * @param tag identifies the content, for {@code ETag}
   */
  record Composed(
      long size, String mediaType, String tag, RangeWriter body, Map<String, String> headers)
      implements ApiReply {
    public Composed {
      headers = Map.copyOf(headers);
    }
  }

  /**
   * An answer whose body is in buffers that other answers share; it is sent without a copy.
   *
   * @param body read-only
   * @param size of all buffers, in bytes
   */
  record Shared(String mediaType, List<ByteBuffer> body, int size, Map<String, String> headers)
      implements ApiReply {
    public Shared {
      body = List.copyOf(body);
      headers = Map.copyOf(headers);
    }
  }

  /**
   * An answer that is not there yet; nothing but the connection waits for it. The caller's rights
   * are asked again when it is there.
   *
   * @param reply fails with a {@link Problem}, or another exception; completed on any thread
   * @param giveUp is run when nobody waits any more
   * @param patience after which the answer is given up
   * @param late what is answered then
   */
  record Later(CompletableFuture<ApiReply> reply, Runnable giveUp, Duration patience, Problem late)
      implements ApiReply {
    /** Those of the answer. */
    @Override
    public Map<String, String> headers() {
      return Map.of();
    }
  }

  /** Returns 200 with a record or a tree as JSON. */
  static ApiReply json(Object body) {
    return json(200, body, Map.of());
  }

  /** Returns a record or a tree as JSON. */
  static ApiReply json(int status, Object body, Map<String, String> headers) {
    return new Bytes(status, "application/json", Json.bytes(body), headers);
  }

  /** Returns 204 without a body. */
  static ApiReply done() {
    return done(Map.of());
  }

  /** Returns 204 without a body, with headers. */
  static ApiReply done(Map<String, String> headers) {
    return new Bytes(204, "", new byte[0], headers);
  }
}
