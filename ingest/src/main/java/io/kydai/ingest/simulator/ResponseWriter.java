package io.kydai.ingest.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kydai.ingest.simulator.fault.Fault;
import io.kydai.ingest.simulator.fault.ResponseFault;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;

/** Writes answers to one client, with what the camera's fault makes of them. */
final class ResponseWriter {
  static final int TIMEOUT_SECONDS = 60;
  private static final String BABBLE =
      "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<html>not a camera</html>\r\n";

  private final Channel client;
  private int asked;

  ResponseWriter(Channel client) {
    this.client = client;
  }

  void answer(Request request, Fault fault, String status, String headers, String body) {
    boolean wrong = fault.answer(ResponseFault.Kind.WRONG_CSEQ, request.method()).isPresent();
    String number = wrong ? "4711" : request.header("cseq");
    String start = "RTSP/1.0 " + status + "\r\nCSeq: " + number + "\r\n";
    boolean last =
        fault
            .answer(ResponseFault.Kind.CLOSE_AFTER, request.method())
            .filter(step -> step.code() == 0 || status.startsWith(step.code() + " "))
            .isPresent();
    if (last) {
      write(start + "Connection: close\r\n", headers, body)
          .addListener(ChannelFutureListener.CLOSE);
    } else {
      write(start, headers, body);
    }
  }

  void answer(Request request, Fault fault, String status) {
    answer(request, fault, status, "", "");
  }

  void babble() {
    client.writeAndFlush(Unpooled.copiedBuffer(BABBLE, UTF_8));
  }

  /** Asks the client for something (RFC 2326, section 10: ANNOUNCE, REDIRECT, TEARDOWN). */
  void ask(String method, String uri, String headers, String body) {
    write(method + " " + uri + " RTSP/1.0\r\nCSeq: " + ++asked + "\r\n", headers, body);
  }

  private ChannelFuture write(String start, String headers, String body) {
    byte[] content = body.getBytes(UTF_8);
    String length = content.length == 0 ? "" : "Content-Length: " + content.length + "\r\n";
    String head = start + "Server: Kydai camera simulator\r\n" + headers + length + "\r\n";
    return client.writeAndFlush(Unpooled.wrappedBuffer(head.getBytes(UTF_8), content));
  }
}
