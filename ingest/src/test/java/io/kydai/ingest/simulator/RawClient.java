package io.kydai.ingest.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/** A client that writes what it is told and shows what came, so that a test sees the very bytes. */
final class RawClient implements AutoCloseable {
  private static final int PATIENCE_MILLIS = 10_000;

  private final String address;
  private final Socket socket;
  private final DataInputStream in;
  private int sequence;

  RawClient(String address) throws IOException {
    this.address = address;
    URI uri = URI.create(address);
    socket = new Socket(uri.getHost(), uri.getPort());
    socket.setSoTimeout(PATIENCE_MILLIS);
    in = new DataInputStream(socket.getInputStream());
  }

  /** Sends a request and returns the answer, passing over what is interleaved before it. */
  String request(String method, String path, String... headers) throws IOException {
    StringBuilder text = new StringBuilder();
    text.append(method).append(' ').append(address).append(path).append(" RTSP/1.0\r\n");
    text.append("CSeq: ").append(++sequence).append("\r\n");
    for (String header : headers) {
      text.append(header).append("\r\n");
    }
    write(text.append("\r\n").toString().getBytes(UTF_8));
    return message();
  }

  void write(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
  }

  /** Waits no longer than so many milliseconds from now on. */
  void patience(int millis) throws IOException {
    socket.setSoTimeout(millis);
  }

  /** The next answer, or request of the camera's own, with its body. */
  String message() throws IOException {
    int first = in.readUnsignedByte();
    while (first == '$') {
      frame();
      first = in.readUnsignedByte();
    }
    StringBuilder head = new StringBuilder().append((char) first);
    while (head.indexOf("\r\n\r\n") < 0) {
      head.append((char) in.readUnsignedByte());
    }
    int length = head.indexOf("Content-Length: ");
    if (length >= 0) {
      int end = head.indexOf("\r", length);
      byte[] body = new byte[Integer.parseInt(head.substring(length + 16, end))];
      in.readFully(body);
      head.append(new String(body, UTF_8));
    }
    return head.toString();
  }

  /** Sets up over TCP and plays; returns the answer to PLAY. */
  String play() throws IOException {
    String session = session(request("SETUP", "/trackID=0", "Transport: RTP/AVP/TCP"));
    return request("PLAY", "", "Session: " + session);
  }

  static String session(String answer) {
    return answer.replaceFirst("(?s).*Session: ([^;\r]+).*", "$1");
  }

  /** One interleaved frame; the dollar sign has been read. */
  private Frame frame() throws IOException {
    int channel = in.readUnsignedByte();
    byte[] data = new byte[in.readUnsignedShort()];
    in.readFully(data);
    return new Frame(channel, data);
  }

  /** The next interleaved frame; fails at anything else. */
  Frame next() throws IOException {
    int first = in.readUnsignedByte();
    if (first != '$') {
      throw new IOException("not a frame: " + first);
    }
    return frame();
  }

  /** Frames up to and including the one that ends a picture. */
  List<Frame> picture() throws IOException {
    List<Frame> frames = new ArrayList<>();
    do {
      frames.add(next());
    } while (frames.get(frames.size() - 1).channel() != 0
        || !frames.get(frames.size() - 1).marker());
    return frames;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  /** An interleaved frame: RTP on channel 0, RTCP on channel 1. */
  record Frame(int channel, byte[] data) {
    boolean marker() {
      return data[1] < 0;
    }

    int sequence() {
      return (data[2] & 0xff) << 8 | data[3] & 0xff;
    }

    long timestamp() {
      return unsigned(4);
    }

    long unsigned(int at) {
      long value = 0;
      for (int i = 0; i < 4; i++) {
        value = value << 8 | data[at + i] & 0xff;
      }
      return value;
    }

    int nalType() {
      return data[12] & 0x1f;
    }
  }
}
