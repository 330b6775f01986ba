package io.kydai.streaming.live.rtsp.message;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** An answer (RFC 2326, section 7), as it is made. */
public final class Reply {
  private final Status status;
  private final List<String> headers = new ArrayList<>();
  private String body = "";

  private Reply(Status status) {
    this.status = requireNonNull(status);
  }

  public static Reply of(Status status) {
    return new Reply(status);
  }

  /**
   * @param value without line breaks
   */
  public Reply with(String header, String value) {
    headers.add(header + ": " + value);
    return this;
  }

  public Reply with(String contentType, String base, String content) {
    body = content;
    return with("Content-Base", base + "/").with("Content-Type", contentType);
  }

  public Status status() {
    return status;
  }

  /**
   * @param sequence the request's number; empty where it has none
   */
  public byte[] bytes(String sequence) {
    StringBuilder text = new StringBuilder(status.line()).append("\r\n");
    if (!sequence.isEmpty()) {
      text.append("CSeq: ").append(sequence).append("\r\n");
    }
    text.append("Server: Kydai\r\n");
    headers.forEach(header -> text.append(header).append("\r\n"));
    if (!body.isEmpty()) {
      text.append("Content-Length: ").append(body.length()).append("\r\n");
    }
    return text.append("\r\n").append(body).toString().getBytes(StandardCharsets.ISO_8859_1);
  }
}
