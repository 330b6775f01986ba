package io.kydai.ingest.simulator;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import java.io.ByteArrayOutputStream;
import java.util.Base64;

/**
 * Hands what a tunnel's POST carries to the connection of its GET. Each four characters are three
 * bytes, so that pieces that clients pad one by one are read as well; at most three characters wait
 * for more. What is no base64 closes the connection.
 */
final class TunnelRelay extends SimpleChannelInboundHandler<ByteBuf> {
  private final Channel answers;
  private final byte[] four = new byte[4];
  private int count;

  TunnelRelay(Channel answers) {
    this.answers = answers;
  }

  @Override
  protected void channelRead0(ChannelHandlerContext ctx, ByteBuf in) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    while (in.isReadable()) {
      byte character = in.readByte();
      if (character != '\r' && character != '\n') {
        four[count++] = character;
      }
      if (count == four.length) {
        count = 0;
        bytes.writeBytes(Base64.getDecoder().decode(four));
      }
    }
    byte[] decoded = bytes.toByteArray();
    answers.eventLoop().execute(() -> enter(decoded));
  }

  private void enter(byte[] decoded) {
    ChannelHandlerContext entrance = answers.pipeline().context(ProtocolDetector.ENTRANCE);
    if (entrance != null && answers.isActive()) {
      entrance.fireChannelRead(Unpooled.wrappedBuffer(decoded));
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    ctx.close();
  }
}
