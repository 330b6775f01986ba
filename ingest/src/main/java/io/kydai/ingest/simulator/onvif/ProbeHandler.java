package io.kydai.ingest.simulator.onvif;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DatagramPacket;

/** Answers WS-Discovery probes to their senders. */
final class ProbeHandler extends SimpleChannelInboundHandler<DatagramPacket> {
  private final SimulatedDevice device;

  ProbeHandler(SimulatedDevice device) {
    this.device = device;
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, DatagramPacket packet) {
    device
        .match(packet.content().toString(UTF_8))
        .ifPresent(
            answer ->
                context.writeAndFlush(
                    new DatagramPacket(
                        Unpooled.wrappedBuffer(answer.getBytes(UTF_8)), packet.sender())));
  }
}
