package io.kydai.ingest;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.kydai.ingest.rtp.packet.RtpBytes;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A camera on a socket that follows a test's script, well-behaved or not. */
public final class ScriptedCamera implements AutoCloseable {
  static final String H264 =
      "v=0\r\nm=video 0 RTP/AVP 96\r\na=rtpmap:96 H264/90000\r\na=control:1\r\n"
          + "a=fmtp:96 sprop-parameter-sets="
          + "Z0LAKNkAeAIn5YQAAAMABAAAAwDwPGDJIA==,aM48gA==\r\n";

  /** What the camera does with one connection, on a thread of its own. */
  public interface Script {
    void run(Conversation conversation) throws IOException;
  }

  /** A connection as the script sees it. */
  public static final class Conversation {
    private final InputStream in;
    private final OutputStream out;
    private final List<String> requests;
    private final CountDownLatch closed;
    private int rtpSequence;

    private Conversation(Socket socket, List<String> requests, CountDownLatch closed)
        throws IOException {
      in = socket.getInputStream();
      out = socket.getOutputStream();
      this.requests = requests;
      this.closed = closed;
    }

    /** The next request, headers and all; empty when the client is gone. */
    public String request() throws IOException {
      ByteArrayOutputStream text = new ByteArrayOutputStream();
      while (!text.toString(ISO_8859_1).endsWith("\r\n\r\n")) {
        int next = in.read();
        if (next < 0) {
          return "";
        }
        text.write(next);
      }
      requests.add(text.toString(ISO_8859_1));
      return text.toString(ISO_8859_1);
    }

    /** What comes until the client is gone. */
    String rest() throws IOException {
      return new String(in.readAllBytes(), ISO_8859_1);
    }

    public void send(String bytes) throws IOException {
      out.write(bytes.getBytes(ISO_8859_1));
      out.flush();
    }

    /** Reads a request and answers it. */
    public void answer(String status, String headers, String body) throws IOException {
      answerTo(request(), status, headers, body);
    }

    public void answerTo(String request, String status, String headers, String body)
        throws IOException {
      String number = request.replaceAll("(?s).*CSeq: (\\d+).*", "$1");
      send(
          "RTSP/1.0 "
              + status
              + "\r\nCSeq: "
              + number
              + "\r\n"
              + headers
              + "Content-Length: "
              + body.length()
              + "\r\n\r\n"
              + body);
    }

    /** Plays H.264 until the first packet may be sent. */
    void play() throws IOException {
      answer("200 OK", "Public: OPTIONS, GET_PARAMETER\r\n", "");
      answer("200 OK", "", H264);
      answer("200 OK", "Session: 42\r\nTransport: RTP/AVP/TCP;interleaved=0-1\r\n", "");
      answer("200 OK", "", "");
    }

    /** A picture of one slice at 25 pictures per second, a key frame every tenth. */
    void picture(int number) throws IOException {
      String slice = (number % 10 == 0 ? "658884" : "419a24") + String.format("%08x", number);
      packet(RtpBytes.packet(rtpSequence++ & 0xffff, number * 3600L, true, slice));
    }

    /** A fragment of a key frame that never ends. */
    void fragment(int size) throws IOException {
      byte[] payload = new byte[size];
      payload[0] = 0x7c;
      payload[1] = (byte) (rtpSequence == 0 ? 0x85 : 0x05);
      packet(RtpBytes.packet(rtpSequence++ & 0xffff, 0, false, payload));
    }

    private void packet(ByteBuf packet) throws IOException {
      ByteArrayOutputStream frame = new ByteArrayOutputStream();
      frame.write('$');
      frame.write(0);
      frame.write(packet.readableBytes() >> 8);
      frame.write(packet.readableBytes());
      frame.write(ByteBufUtil.getBytes(packet));
      out.write(frame.toByteArray());
      out.flush();
    }

    /** Sends pictures until the camera is closed. */
    void pictures() throws IOException {
      try {
        for (int i = 0; !closed.await(20, TimeUnit.MILLISECONDS); i++) {
          picture(i);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    /** Sends the same bytes again and again until the camera is closed. */
    void repeat(String bytes) throws IOException {
      try {
        while (!closed.await(20, TimeUnit.MILLISECONDS)) {
          send(bytes);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    /** Waits until the client is gone, or says TEARDOWN, which is answered. */
    public void awaitEnd() throws IOException {
      for (String request = request(); !request.isEmpty(); request = request()) {
        answerTo(request, "200 OK", "", "");
        if (request.startsWith("TEARDOWN")) {
          return;
        }
      }
    }
  }

  private final ServerSocket listening;
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  private final CountDownLatch closed = new CountDownLatch(1);

  public ScriptedCamera(Script script) throws IOException {
    this("127.0.0.1", 0, script);
  }

  /**
   * @param port 0 for any free one
   */
  public ScriptedCamera(String address, int port, Script script) throws IOException {
    listening = new ServerSocket();
    // The port may be that of a camera which was closed a moment ago.
    listening.setReuseAddress(true);
    listening.bind(new InetSocketAddress(address, port), 50);
    Thread thread = new Thread(() -> accept(script), "scripted-camera");
    thread.setDaemon(true);
    thread.start();
  }

  private void accept(Script script) {
    while (!listening.isClosed()) {
      try {
        Socket socket = listening.accept();
        sockets.add(socket);
        Thread thread = new Thread(() -> converse(socket, script), "scripted-conversation");
        thread.setDaemon(true);
        thread.start();
      } catch (IOException e) {
        return; // Closed: the only way for this loop to end.
      }
    }
  }

  private void converse(Socket socket, Script script) {
    try (socket) {
      script.run(new Conversation(socket, requests, closed));
    } catch (IOException e) {
      requests.add("the client went: " + e.getMessage());
    }
  }

  int port() {
    return listening.getLocalPort();
  }

  public String url() {
    return "rtsp://127.0.0.1:" + port() + "/live";
  }

  /** All requests of all connections so far. */
  public List<String> requests() {
    return requests;
  }

  @Override
  public void close() throws IOException {
    closed.countDown();
    listening.close();
    for (Socket socket : sockets) {
      socket.close();
    }
  }
}
