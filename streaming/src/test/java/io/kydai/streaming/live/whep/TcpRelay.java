package io.kydai.streaming.live.whep;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;

/** A TCP connection to a server (RFC 4571), for a browser that knows UDP only. */
final class TcpRelay implements AutoCloseable {
  private final Socket tcp;
  private final DatagramSocket udp = new DatagramSocket(0, InetAddress.getLoopbackAddress());
  private final Thread out = new Thread(this::toServer, "relay-out");
  private final Thread in = new Thread(this::fromServer, "relay-in");
  private volatile InetSocketAddress browser;
  private volatile boolean ended;

  TcpRelay(int port) throws IOException {
    tcp = new Socket(InetAddress.getLoopbackAddress(), port);
    out.start();
    in.start();
  }

  int port() {
    return udp.getLocalPort();
  }

  /** Whether the server has closed the connection. */
  boolean ended() {
    return ended;
  }

  private void toServer() {
    try {
      DataOutputStream to = new DataOutputStream(tcp.getOutputStream());
      DatagramPacket packet = new DatagramPacket(new byte[4_096], 4_096);
      while (true) {
        udp.receive(packet);
        browser = (InetSocketAddress) packet.getSocketAddress();
        byte[] frame = new byte[2 + packet.getLength()];
        frame[0] = (byte) (packet.getLength() >> 8);
        frame[1] = (byte) packet.getLength();
        System.arraycopy(packet.getData(), 0, frame, 2, packet.getLength());
        to.write(frame);
      }
    } catch (SocketException e) {
      // It was closed.
      ended = true;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private void fromServer() {
    try {
      DataInputStream from = new DataInputStream(tcp.getInputStream());
      while (true) {
        byte[] datagram = new byte[from.readUnsignedShort()];
        from.readFully(datagram);
        udp.send(new DatagramPacket(datagram, datagram.length, browser));
      }
    } catch (EOFException | SocketException e) {
      ended = true;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() throws IOException {
    tcp.close();
    udp.close();
  }
}
