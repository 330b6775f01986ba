package io.kydai.console.http.server;

import java.nio.file.Path;
import java.util.Map;

/** What a request is answered with. */
public sealed interface ApiReply {
  /** Besides those that every answer has. */
  Map<String, String> headers();

  /** Content that is at hand. */
  record Bytes(int status, String mediaType, byte[] body, Map<String, String> headers)
      implements ApiReply {
    public Bytes {
      headers = Map.copyOf(headers);
    }
  }

  /**
   * A file that does not change, of which a part may be asked for.
   *
   * @param tag names the content, for {@code ETag}
   */
  record File(Path path, long size, String mediaType, String tag, Map<String, String> headers)
      implements ApiReply {
    public File {
      headers = Map.copyOf(headers);
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

  /** Done, and nothing to say. */
  static ApiReply done() {
    return new Bytes(204, "", new byte[0], Map.of());
  }
}
