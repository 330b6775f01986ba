package io.kydai.console.bench;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Arrays;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Stands between a camera and who pulls it by TCP, and notes when the last packet of each picture
 * was handed on. Pictures are recognised by their last {@value #KEY_BYTES} bytes, which those of a
 * clip that goes round have again only a round later.
 */
final class PictureRelay implements AutoCloseable {
  static final int KEY_BYTES = 24;
  private static final int RTP_HEADER = 12;

  private final URI camera;
  private final ServerSocket server = new ServerSocket(0, 8, InetAddress.getLoopbackAddress());
  private final Map<String, Long> handedOn = new ConcurrentHashMap<>();

  PictureRelay(URI camera) throws IOException {
    this.camera = camera;
    thread(this::accept);
  }

  private static void thread(Runnable work) {
    Thread thread = new Thread(work, "bench-relay");
    thread.setDaemon(true);
    thread.start();
  }

  /** The camera's address, through here. */
  String url() {
    return "rtsp://127.0.0.1:" + server.getLocalPort() + camera.getPath();
  }

  /** When a picture was handed on, of the monotonic clock; empty where it was not yet. */
  OptionalLong handedOn(byte[] end) {
    Long at = handedOn.get(Arrays.toString(end));
    return at == null ? OptionalLong.empty() : OptionalLong.of(at);
  }

  private void accept() {
    try {
      while (true) {
        Socket client = server.accept();
        Socket upstream = new Socket();
        upstream.connect(new InetSocketAddress(camera.getHost(), camera.getPort()));
        client.setTcpNoDelay(true);
        upstream.setTcpNoDelay(true);
        thread(() -> run(() -> requests(client, upstream)));
        thread(() -> run(() -> answers(upstream, client)));
      }
    } catch (IOException e) {
      if (!server.isClosed()) {
        throw new IllegalStateException(e);
      }
    }
  }

  /** Copying, until either side ends. */
  @FunctionalInterface
  private interface Copying {
    void run() throws IOException;
  }

  private static void run(Copying copying) {
    try {
      copying.run();
    } catch (IOException e) {
      System.err.println("the relay's connection ended: " + e.getMessage());
    }
  }

  private void requests(Socket from, Socket to) throws IOException {
    byte[] buffer = new byte[8192];
    InputStream in = from.getInputStream();
    for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
      to.getOutputStream().write(buffer, 0, read);
    }
    to.close();
  }

  private void answers(Socket from, Socket to) throws IOException {
    DataInputStream in =
        new DataInputStream(new java.io.BufferedInputStream(from.getInputStream()));
    OutputStream out = to.getOutputStream();
    while (true) {
      int first = in.readUnsignedByte();
      if (first != '$') {
        out.write(first);
        continue;
      }
      int channel = in.readUnsignedByte();
      int length = in.readUnsignedShort();
      byte[] frame = new byte[4 + length];
      frame[0] = '$';
      frame[1] = (byte) channel;
      frame[2] = (byte) (length >> 8);
      frame[3] = (byte) length;
      in.readFully(frame, 4, length);
      if (channel == 0 && length > RTP_HEADER + KEY_BYTES && frame[5] < 0) {
        byte[] end = Arrays.copyOfRange(frame, frame.length - KEY_BYTES, frame.length);
        handedOn.put(Arrays.toString(end), System.nanoTime());
      }
      out.write(frame);
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
