package io.kydai.streaming.live.whep;

import static java.util.Objects.requireNonNull;

import io.kydai.streaming.live.whep.ice.BindingRequest;
import io.kydai.streaming.live.whep.ice.PathCheck;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.EventLoopGroup;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The port of all sessions, of UDP and of TCP with one number, and whose datagrams come in by it.
 * Where another program has the number by TCP, it is of UDP alone. All but its making and its end
 * is on its event loop.
 *
 * <p>Bound: names and paths are those of the sessions, whose number is bounded, and of each
 * session's paths; what belongs to none of them is dropped and counted.
 */
final class BrowserPorts implements AutoCloseable {
  private static final int MOST_ATTEMPTS = 10;

  private final UdpPort udp;
  private final @Nullable TcpPort tcp;
  private final @Nullable String tcpFault;
  private final WhepMetrics meters;
  private final Map<String, WhepSession> byName = new HashMap<>();
  private final Map<BrowserPath, WhepSession> byPath = new HashMap<>();

  /**
   * @throws IOException when the port cannot be bound by UDP
   */
  BrowserPorts(EventLoopGroup loop, InetSocketAddress bind, WhepMetrics meters) throws IOException {
    this.meters = requireNonNull(meters);
    UdpPort bound = bindUdp(loop, bind);
    TcpPort beside = null;
    String fault = null;
    for (int attempt = 1; beside == null && fault == null; attempt++) {
      try {
        beside =
            new TcpPort(
                loop, new InetSocketAddress(bind.getAddress(), bound.port()), new Connections());
      } catch (IOException e) {
        // Of any port, one that is free for both is looked for.
        if (bind.getPort() != 0 || attempt == MOST_ATTEMPTS) {
          fault = e.getMessage();
        } else {
          bound.close();
          bound = bindUdp(loop, bind);
        }
      }
    }
    udp = bound;
    tcp = beside;
    tcpFault = fault;
  }

  private UdpPort bindUdp(EventLoopGroup loop, InetSocketAddress bind) throws IOException {
    return new UdpPort(
        loop, bind, (datagram, from) -> onDatagram(datagram, new BrowserPath(from, null)));
  }

  /** Returns the number of the port. */
  int port() {
    return udp.port();
  }

  /** Returns why nothing comes by TCP; empty where that is open. */
  Optional<String> tcpFault() {
    return Optional.ofNullable(tcpFault);
  }

  /** Checks that ask for this name are the session's. */
  void name(String name, WhepSession session) {
    byName.put(name, session);
  }

  void forgetNames(WhepSession session) {
    byName.values().removeIf(one -> one == session);
  }

  /** What comes by a path is its session's no longer; a connection ends. */
  void forget(WhepSession session, BrowserPath path) {
    byPath.remove(path, session);
    Channel connection = path.connection();
    if (connection != null) {
      // Once what was written to it is sent.
      connection.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
    }
  }

  /** What comes by TCP is handled as what comes by UDP. */
  private final class Connections implements TcpPort.Receiver {
    @Override
    public void onDatagram(byte[] datagram, BrowserPath from) {
      BrowserPorts.this.onDatagram(datagram, from);
    }

    @Override
    public boolean isKnown(BrowserPath path) {
      return byPath.containsKey(path);
    }

    @Override
    public void onClosed(BrowserPath path) {
      WhepSession session = byPath.remove(path);
      if (session != null) {
        session.lost(path);
      }
    }
  }

  private void onDatagram(byte[] datagram, BrowserPath from) {
    if (datagram.length > 0 && !isTaken(datagram, from)) {
      meters.dropped();
    }
  }

  private boolean isTaken(byte[] datagram, BrowserPath from) {
    if (from.address().getPort() == 0) {
      // Nothing can be sent there: somebody made it up.
      return false;
    }
    if (PathCheck.isResponse(datagram)) {
      WhepSession session = byPath.get(from);
      return session != null && session.answered(datagram, from);
    }
    if ((datagram[0] & 0xff) <= 3) {
      BindingRequest request = BindingRequest.parse(datagram).orElse(null);
      WhepSession session = request == null ? null : byName.get(request.toName());
      if (request == null || session == null || !session.check(request, from)) {
        return false;
      }
      byPath.put(from, session);
      return true;
    }
    WhepSession session = byPath.get(from);
    if (session == null) {
      return false;
    }
    session.receive(datagram);
    return true;
  }

  /**
   * Sends a datagram with the next {@link #flush}; where there is no room for it, that is counted.
   *
   * @param datagram is kept
   */
  void send(byte[] datagram, BrowserPath to) {
    Channel connection = to.connection();
    boolean sent =
        connection == null ? udp.send(datagram, to.address()) : TcpPort.send(datagram, connection);
    if (!sent) {
      meters.unsent();
    }
  }

  void flush() {
    udp.flush();
    if (tcp != null) {
      tcp.flush();
    }
  }

  @Override
  public void close() {
    if (tcp != null) {
      tcp.close();
    }
    udp.close();
  }
}
