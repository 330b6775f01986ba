package io.kydai.ingest.simulator;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.kydai.ingest.simulator.media.Clip;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** RTSP in HTTP, byte by byte. */
@Timeout(90)
class TunnelTest {
  private CameraSimulator simulator;

  @BeforeEach
  void start() {
    SimulatedCamera camera = new SimulatedCamera("one", Clip.of(HandMadeClip.ofPairs(3)), 25);
    simulator = CameraSimulator.builder().camera(camera).start();
  }

  @AfterEach
  void close() {
    simulator.close();
  }

  @Test
  void requests_may_be_padded_one_by_one_and_cut_anywhere() throws IOException {
    try (Socket answers = open("GET", "abc");
        Socket requests = connect()) {
      assertThat(head(answers)).startsWith("HTTP/1.0 200 OK").contains("x-rtsp-tunnelled");
      write(
          requests, "POST /one HTTP/1.0\r\nx-sessioncookie: abc\r\nContent-Length: 32767\r\n\r\n");
      for (String method : new String[] {"OPTIONS", "DESCRIBE"}) {
        String request = method + " " + simulator.address("one") + " RTSP/1.0\r\nCSeq: 1\r\n\r\n";
        String encoded = Base64.getEncoder().encodeToString(request.getBytes(US_ASCII));
        write(requests, encoded.substring(0, 17) + "\r\n");
        write(requests, encoded.substring(17));
        assertThat(head(answers)).as(method).startsWith("RTSP/1.0 200 OK");
      }
    }
  }

  @Test
  void what_is_no_tunnel_is_closed() throws IOException {
    try (Socket noCookie = connect();
        Socket unknown = open("POST", "unknown");
        Socket first = open("GET", "same")) {
      assertThat(head(first)).startsWith("HTTP/1.0 200 OK");
      write(noCookie, "GET / HTTP/1.1\r\nHost: camera\r\n\r\n");
      assertClosed(noCookie);
      assertClosed(unknown);
      try (Socket second = open("GET", "same")) {
        assertClosed(second);
      }
      try (Socket requests = open("POST", "same")) {
        write(requests, "!!!!");
        assertClosed(requests);
      }
    }
  }

  private Socket connect() throws IOException {
    Socket socket = new Socket("127.0.0.1", simulator.port());
    socket.setSoTimeout(10_000);
    return socket;
  }

  private Socket open(String method, String cookie) throws IOException {
    Socket socket = connect();
    write(socket, method + " /one HTTP/1.0\r\nX-SessionCookie: " + cookie + "\r\n\r\n");
    return socket;
  }

  private static void write(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(US_ASCII));
  }

  private static String head(Socket socket) throws IOException {
    InputStream in = socket.getInputStream();
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int next = in.read();
      assertThat(next).as("after %s", head).isNotNegative();
      head.append((char) next);
    }
    return head.toString();
  }

  private static void assertClosed(Socket socket) throws IOException {
    try {
      assertThat(socket.getInputStream().read()).isEqualTo(-1);
    } catch (SocketException reset) {
      assertThat(reset).hasMessageContaining("reset");
    }
  }
}
