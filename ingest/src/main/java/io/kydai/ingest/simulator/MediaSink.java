package io.kydai.ingest.simulator;

import io.kydai.ingest.simulator.media.Packet;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.socket.DatagramPacket;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/** Where a track's packets go. They leave with {@link #flush}. */
sealed interface MediaSink {
  void rtp(Packet packet);

  void rtcp(byte[] packet);

  /** Bytes that are no frame; over UDP, a datagram of them. */
  void junk(byte[] bytes);

  void flush();

  /** Whether what is sent leaves, rather than piling up. */
  boolean writable();

  /** Whether RTCP that came on a channel of the connection is this track's. */
  boolean hears(int channel);

  /** The same way, with RTCP where RTP goes, where that is on a connection. */
  default MediaSink onOneChannel() {
    return this;
  }

  void close();

  /**
   * In the RTSP connection itself (RFC 2326, section 10.12). What is sent between two flushes is
   * written as one buffer, which belongs to this sink until then.
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
    public boolean hears(int number) {
      return number == rtcpChannel;
    }

    @Override
    public MediaSink onOneChannel() {
      return new Interleaved(channel, rtpChannel, rtpChannel);
    }

    /** The connection is the session's and stays. */
    @Override
    public void close() {
      flush();
    }
  }

  /** A pair of UDP ports (RFC 3550, section 11). */
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
    public boolean hears(int number) {
      return false;
    }

    @Override
    public void close() {
      rtpChannel.close();
      rtcpChannel.close();
    }
  }
}
