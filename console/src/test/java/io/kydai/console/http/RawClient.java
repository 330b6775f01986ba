package io.kydai.console.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.kydai.console.http.api.Contract;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;

/**
 * A connection whose bytes and whose end a test chooses. The contract approves of the answer to its
 * newest request that was sent as text.
 */
public final class RawClient implements AutoCloseable {
  public static final String UPGRADE =
      "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
          + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";

  private static final Contract CONTRACT = new Contract();

  private final Socket socket;
  private final DataInputStream in;
  private final String token;
  private String request = "";

  /**
   * @param token of a program, which each request that is sent as text gets
   */
  public RawClient(URI server, String token) throws IOException {
    this.token = token;
    socket = new Socket(server.getHost(), server.getPort());
    socket.setSoTimeout((int) Api.PATIENCE.toMillis());
    in = new DataInputStream(socket.getInputStream());
  }

  public RawClient send(String text) throws IOException {
    if (text.contains(" HTTP/1.1\r\n")) {
      request = text;
    }
    return send(authorized(text, token).getBytes(ISO_8859_1));
  }

  /** A request with a program's token before its first host; as it is where it has no host. */
  static String authorized(String request, String token) {
    return request.replaceFirst("\r\nHost:", "\r\nAuthorization: Bearer " + token + "\r\nHost:");
  }

  public RawClient send(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    return this;
  }

  /** An answer's status line and headers. */
  public String head() throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      head.append((char) in.readUnsignedByte());
    }
    CONTRACT.checkHead(request, head.toString());
    return head.toString();
  }

  /** An answer's body, whose size its head has told. */
  public String body(int size) throws IOException {
    return new String(in.readNBytes(size), UTF_8);
  }

  /** A masked close frame with code 1000. */
  public RawClient sendClose() throws IOException {
    return send(new byte[] {(byte) 0x88, (byte) 0x82, 0, 0, 0, 0, 0x03, (byte) 0xe8});
  }

  /** The opcode of the next frame, whose payload is thrown away. */
  public int frame() throws IOException {
    int opcode = in.readUnsignedByte() & 0x0f;
    int length = in.readUnsignedByte() & 0x7f;
    long size = length == 126 ? in.readUnsignedShort() : length == 127 ? in.readLong() : length;
    in.readNBytes((int) size);
    return opcode;
  }

  /** All that still comes, until the server closes. */
  public byte[] rest() throws IOException {
    ByteArrayOutputStream rest = new ByteArrayOutputStream();
    in.transferTo(rest);
    return rest.toByteArray();
  }

  /** Ends the connection with RST in place of FIN. */
  public void reset() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
