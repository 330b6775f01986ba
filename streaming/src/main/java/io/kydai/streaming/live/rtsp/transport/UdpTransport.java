package io.kydai.streaming.live.rtsp.transport;

import static java.util.Objects.requireNonNull;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.socket.DatagramPacket;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Packets over UDP, to the host that the RTSP connection comes from and to no other. They are
 * spread out: at most {@value #BURST} at once and then a pause, so that a key frame, or the group
 * of pictures that a viewer begins with, does not overrun the receiver's buffer.
 */
public final class UdpTransport implements MediaTransport {
  public static final int BURST = 24;
  static final long PAUSE_MICROS = 2_000;

  private final UdpPorts ports;
  private final InetSocketAddress rtp;
  private final InetSocketAddress rtcp;
  private final AtomicLong unsent = new AtomicLong();
  private final AtomicLong sent = new AtomicLong();

  /** What waits for its turn; belongs to the ports' event loop. */
  private final Queue<Waiting> waiting = new ArrayDeque<>();

  private boolean pausing;
  private boolean closed;

  private record Waiting(boolean rtcp, ByteBuf content) {}

  /**
   * @param rtp where the client takes RTP; {@code rtcp} where it takes RTCP
   */
  public UdpTransport(UdpPorts ports, InetSocketAddress rtp, InetSocketAddress rtcp) {
    this.ports = requireNonNull(ports);
    this.rtp = requireNonNull(rtp);
    this.rtcp = requireNonNull(rtcp);
  }

  @Override
  public long unsent() {
    return unsent.get();
  }

  @Override
  public long sent() {
    return sent.get();
  }

  @Override
  public String header() {
    return "RTP/AVP;unicast;client_port="
        + rtp.getPort()
        + "-"
        + rtcp.getPort()
        + ";server_port="
        + ports.rtpPort()
        + "-"
        + ports.rtcpPort();
  }

  @Override
  public void close() {
    ports
        .loop()
        .execute(
            () -> {
              closed = true;
              waiting.forEach(this::drop);
              waiting.clear();
            });
  }

  private void drop(Waiting packet) {
    unsent.addAndGet(-packet.content().readableBytes());
    packet.content().release();
  }

  private void take(List<Waiting> packets) {
    if (closed) {
      packets.forEach(this::drop);
      return;
    }
    waiting.addAll(packets);
    if (!pausing) {
      sendSome();
    }
  }

  private void sendSome() {
    Channel lastOf = ports.rtp();
    for (int i = 0; i < BURST && !waiting.isEmpty(); i++) {
      Waiting packet = waiting.remove();
      int bytes = packet.content().readableBytes();
      Channel channel = packet.rtcp() ? ports.rtcp() : ports.rtp();
      // The channel owns the buffer from here on. UDP tells nothing of what arrives.
      channel
          .write(new DatagramPacket(packet.content(), packet.rtcp() ? rtcp : rtp))
          .addListener(
              written -> {
                // Until then it is in the channel's own queue, which has no bound.
                unsent.addAndGet(-bytes);
                if (written.isSuccess()) {
                  sent.addAndGet(bytes);
                }
              });
    }
    ports.rtcp().flush();
    lastOf.flush();
    pausing = !waiting.isEmpty();
    if (pausing) {
      ports.loop().schedule(this::sendSome, PAUSE_MICROS, TimeUnit.MICROSECONDS);
    }
  }

  @Override
  public Batch begin() {
    return new Packets();
  }

  private final class Packets implements Batch {
    private List<Waiting> packets = new ArrayList<>();

    @Override
    public ByteBuf packet(boolean isRtcp, int length) {
      ByteBuf content = ports.rtp().alloc().directBuffer(length, length);
      packets.add(new Waiting(isRtcp, content));
      return content;
    }

    @Override
    public void send() {
      List<Waiting> all = packets;
      packets = new ArrayList<>();
      long bytes = all.stream().mapToLong(one -> one.content().readableBytes()).sum();
      unsent.addAndGet(bytes);
      ports.loop().execute(() -> take(all));
    }

    @Override
    public void close() {
      packets.forEach(one -> one.content().release());
      packets.clear();
    }
  }
}
