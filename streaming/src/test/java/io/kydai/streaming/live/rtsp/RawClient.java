package io.kydai.streaming.live.rtsp;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A client that sends what a test wants, and reads what comes. */
final class RawClient implements AutoCloseable {
  static final String LOG_IN =
      "Authorization: Basic "
          + Base64.getEncoder().encodeToString("vms:secret".getBytes(StandardCharsets.UTF_8))
          + "\r\n";
  private static final Pattern LENGTH = Pattern.compile("(?i)content-length: (\\d+)");
  private static final Pattern SESSION = Pattern.compile("Session: ([0-9a-f]+);timeout=60");

  private final Socket socket = new Socket();
  private final DataInputStream in;
  private final String url;
  private int number;

  /** A packet of an interleaved channel. */
  record Packet(int channel, ByteBuffer bytes) {
    int timestamp() {
      return bytes.getInt(4);
    }

    int sequence() {
      return bytes.getShort(2) & 0xffff;
    }

    boolean marker() {
      return bytes.get(1) < 0;
    }
  }

  RawClient(int port) throws IOException {
    this(port, 0);
  }

  /**
   * @param buffer of the socket for what comes, in bytes; 0 for the usual
   */
  RawClient(int port, int buffer) throws IOException {
    if (buffer > 0) {
      socket.setReceiveBufferSize(buffer);
    }
    socket.connect(new InetSocketAddress("127.0.0.1", port));
    socket.setSoTimeout(30_000);
    in = new DataInputStream(new BufferedInputStream(socket.getInputStream(), 1 << 16));
    url = "rtsp://127.0.0.1:" + port + "/gate-1";
  }

  void send(String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  /** Asks as {@code vms}, of the camera's stream; returns the answer with its body. */
  String ask(String method, String... headers) throws IOException {
    return askOf(url, method, headers);
  }

  String askOf(String address, String method, String... headers) throws IOException {
    StringBuilder text = new StringBuilder(method + " " + address + " RTSP/1.0\r\n");
    text.append("CSeq: ").append(++number).append("\r\n").append(LOG_IN);
    for (String header : headers) {
      text.append(header).append("\r\n");
    }
    send(text + "\r\n");
    return answer();
  }

  /** The next answer; packets before it are passed over. */
  String answer() throws IOException {
    int first = in.readUnsignedByte();
    while (first == '$') {
      in.readUnsignedByte();
      in.readFully(new byte[in.readUnsignedShort()]);
      first = in.readUnsignedByte();
    }
    StringBuilder head = new StringBuilder().append((char) first);
    while (head.length() < 4 || !head.substring(head.length() - 4).equals("\r\n\r\n")) {
      head.append((char) in.readUnsignedByte());
    }
    Matcher length = LENGTH.matcher(head);
    byte[] body = new byte[length.find() ? Integer.parseInt(length.group(1)) : 0];
    in.readFully(body);
    return head + new String(body, StandardCharsets.ISO_8859_1);
  }

  Packet packet() throws IOException {
    if (in.readUnsignedByte() != '$') {
      throw new IOException("something other than a packet came");
    }
    int channel = in.readUnsignedByte();
    byte[] bytes = new byte[in.readUnsignedShort()];
    in.readFully(bytes);
    return new Packet(channel, ByteBuffer.wrap(bytes));
  }

  /** The last packet of the next picture. */
  Packet picture() throws IOException {
    Packet packet = packet();
    while (packet.channel() != 0 || !packet.marker()) {
      packet = packet();
    }
    return packet;
  }

  /** Sets a session up; returns the header that names it. */
  String setUp() throws IOException {
    String answer = ask("SETUP", "Transport: RTP/AVP/TCP;unicast;interleaved=0-1");
    Matcher session = SESSION.matcher(answer);
    if (!session.find()) {
      throw new IOException("no session: " + answer);
    }
    return "Session: " + session.group(1);
  }

  /** Waits until the server closes the connection. */
  void awaitEnd() throws IOException {
    byte[] rest = new byte[1 << 16];
    int more = in.read(rest);
    while (more >= 0) {
      more = in.read(rest);
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
