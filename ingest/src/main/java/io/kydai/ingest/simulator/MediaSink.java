package io.kydai.ingest.simulator;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.socket.DatagramPacket;
import java.net.InetSocketAddress;

/** Where a session's packets go. Each packet is owned by the sink that it is given to. */
sealed interface MediaSink {
  void rtp(ByteBuf packet);

  void rtcp(ByteBuf packet);

  void flush();

  /** Whether what is sent leaves, rather than piling up. */
  boolean writable();

  void close();

  /** In the RTSP connection itself (RFC 2326, section 10.12). */
  record Interleaved(Channel channel, int rtpChannel, int rtcpChannel) implements MediaSink {
    @Override
    public void rtp(ByteBuf packet) {
      write(rtpChannel, packet);
    }

    @Override
    public void rtcp(ByteBuf packet) {
      write(rtcpChannel, packet);
    }

    private void write(int number, ByteBuf packet) {
      ByteBuf head = channel.alloc().buffer(4);
      head.writeByte('$').writeByte(number).writeShort(packet.readableBytes());
      channel.write(Unpooled.wrappedBuffer(head, packet));
    }

    @Override
    public void flush() {
      channel.flush();
    }

    @Override
    public boolean writable() {
      return channel.isWritable();
    }

    /** Nothing: the connection is the session's. */
    @Override
    public void close() {
      channel.flush();
    }
  }

  /** A pair of UDP ports (RFC 3550, section 11). */
  record Datagrams(
      Channel rtpChannel, Channel rtcpChannel, InetSocketAddress rtpTo, InetSocketAddress rtcpTo)
      implements MediaSink {
    @Override
    public void rtp(ByteBuf packet) {
      rtpChannel.write(new DatagramPacket(packet, rtpTo));
    }

    @Override
    public void rtcp(ByteBuf packet) {
      rtcpChannel.write(new DatagramPacket(packet, rtcpTo));
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
    public void close() {
      rtpChannel.close();
      rtcpChannel.close();
    }
  }
}
