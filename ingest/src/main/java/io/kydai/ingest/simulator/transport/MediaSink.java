package io.kydai.ingest.simulator.transport;

import io.kydai.ingest.simulator.media.Packet;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.socket.DatagramPacket;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/** Sends a track's packets to the client. {@link #flush} writes them to the network. */
public sealed interface MediaSink {
  /** Adds an RTP packet. */
  void rtp(Packet packet);

  /** Adds an RTCP packet. */
  void rtcp(byte[] packet);

  /** Adds bytes that are not an interleaved frame; over UDP, a datagram of them. */
  void junk(byte[] bytes);

  /** Writes the packets to the network. */
  void flush();

  /** Returns whether the client reads fast enough for more packets to be sent. */
  boolean writable();

  /** Returns whether a channel of the connection carries this track's RTCP. */
  boolean isRtcpChannel(int channel);

  /** Returns a sink that sends RTCP on the channel of RTP; over UDP, this sink. */
  default MediaSink onOneChannel() {
    return this;
  }

  /** Closes the sink's own channels. */
  void close();

  /**
   * Sends packets as interleaved frames on the RTSP connection (RFC 2326, section 10.12). The
   * frames between two flushes are written as one buffer, which the sink owns until the flush.
   */
  final class Interleaved implements MediaSink {
    private final Channel channel;
    private final int rtpChannel;
    private final int rtcpChannel;
    private @Nullable ByteBuf pending;

    Interleaved(Channel channel, int rtpChannel, int rtcpChannel) {
      this.channel = channel;
      this.rtpChannel = rtpChannel;
      this.rtcpChannel = rtcpChannel;
    }

    @Override
    public void rtp(Packet packet) {
      frame(rtpChannel, packet.length()).writeBytes(packet.header()).writeBytes(packet.payload());
    }

    @Override
    public void rtcp(byte[] packet) {
      frame(rtcpChannel, packet.length).writeBytes(packet);
    }

    @Override
    public void junk(byte[] bytes) {
      pending(bytes.length).writeBytes(bytes);
    }

    private ByteBuf frame(int number, int length) {
      return pending(4 + length).writeByte('$').writeByte(number).writeShort(length);
    }

    private ByteBuf pending(int more) {
      ByteBuf buffer = pending;
      if (buffer == null) {
        buffer = channel.alloc().buffer(Math.max(2048, more));
        pending = buffer;
      }
      return buffer;
    }

    @Override
    public void flush() {
      if (pending != null) {
        channel.writeAndFlush(pending);
        pending = null;
      }
    }

    @Override
    public boolean writable() {
      return channel.isWritable();
    }

    @Override
    public boolean isRtcpChannel(int number) {
      return number == rtcpChannel;
    }

    @Override
    public MediaSink onOneChannel() {
      return new Interleaved(channel, rtpChannel, rtpChannel);
    }

    /** Writes the last frames. The connection belongs to the session and stays open. */
    @Override
    public void close() {
      flush();
    }
  }

  /** Sends packets as datagrams from a pair of UDP ports (RFC 3550, section 11). */
  record Datagrams(
      Channel rtpChannel, Channel rtcpChannel, InetSocketAddress rtpTo, InetSocketAddress rtcpTo)
      implements MediaSink {
    @Override
    public void rtp(Packet packet) {
      ByteBuf bytes = rtpChannel.alloc().buffer(packet.length());
      bytes.writeBytes(packet.header()).writeBytes(packet.payload());
      rtpChannel.write(new DatagramPacket(bytes, rtpTo));
    }

    @Override
    public void rtcp(byte[] packet) {
      ByteBuf bytes = rtcpChannel.alloc().buffer(packet.length).writeBytes(packet);
      rtcpChannel.write(new DatagramPacket(bytes, rtcpTo));
    }

    @Override
    public void junk(byte[] bytes) {
      rtp(Packet.of(bytes));
    }

    @Override
    public void flush() {
      rtpChannel.flush();
      rtcpChannel.flush();
    }

    @Override
    public boolean writable() {
      return rtpChannel.isWritable();
    }

    @Override
    public boolean isRtcpChannel(int number) {
      return false;
    }

    @Override
    public void close() {
      rtpChannel.close();
      rtcpChannel.close();
    }
  }
}
