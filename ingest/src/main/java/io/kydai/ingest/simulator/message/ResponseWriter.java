package io.kydai.ingest.simulator.message;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kydai.ingest.simulator.fault.Fault;
import io.kydai.ingest.simulator.fault.ResponseFault;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;

/** Writes the responses and requests to one client, changed by the camera's fault. */
public final class ResponseWriter {
  /** The time without a request after which a session ends, in seconds. */
  public static final int TIMEOUT_SECONDS = 60;

  private static final String BABBLE =
      "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<html>not a camera</html>\r\n";

  private final Channel client;
  private int requests;

  /** Creates a writer of responses to one client. */
  public ResponseWriter(Channel client) {
    this.client = client;
  }

  /**
   * Writes the response to a request.
   *
   * @param status the status code and its reason phrase
   * @param headers further header fields, each with CRLF
   * @param body the body; empty for none
   */
  public void respond(Request request, Fault fault, String status, String headers, String body) {
    boolean wrong = fault.response(ResponseFault.Kind.WRONG_CSEQ, request.method()).isPresent();
    String number = wrong ? "4711" : request.header("cseq");
    String start = "RTSP/1.0 " + status + "\r\nCSeq: " + number + "\r\n";
    boolean last =
        fault
            .response(ResponseFault.Kind.CLOSE_AFTER, request.method())
            .filter(step -> step.code() == 0 || status.startsWith(step.code() + " "))
            .isPresent();
    if (last) {
      write(start + "Connection: close\r\n", headers, body)
          .addListener(ChannelFutureListener.CLOSE);
    } else {
      write(start, headers, body);
    }
  }

  /** Writes a response without further header fields and body. */
  public void respond(Request request, Fault fault, String status) {
    respond(request, fault, status, "", "");
  }

  /** Writes bytes that are not RTSP. */
  public void babble() {
    client.writeAndFlush(Unpooled.copiedBuffer(BABBLE, UTF_8));
  }

  /** Writes a request of the camera (RFC 2326, section 10: ANNOUNCE, REDIRECT, TEARDOWN). */
  public void request(String method, String uri, String headers, String body) {
    write(method + " " + uri + " RTSP/1.0\r\nCSeq: " + ++requests + "\r\n", headers, body);
  }

  private ChannelFuture write(String start, String headers, String body) {
    byte[] content = body.getBytes(UTF_8);
    String length = content.length == 0 ? "" : "Content-Length: " + content.length + "\r\n";
    String head = start + "Server: Kydai camera simulator\r\n" + headers + length + "\r\n";
    return client.writeAndFlush(Unpooled.wrappedBuffer(head.getBytes(UTF_8), content));
  }
}
