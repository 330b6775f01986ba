package io.kydai.ingest.simulator;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import java.io.ByteArrayOutputStream;
import java.util.Base64;

/**
 * Decodes the Base64 text of a tunnel's POST connection and passes the bytes to the GET connection.
 * Each group of four characters is decoded on its own, so that padded pieces within the text are
 * accepted; at most three characters wait for more. Other characters close the connection.
 */
final class TunnelRelay extends SimpleChannelInboundHandler<ByteBuf> {
  private final Channel getConnection;
  private final byte[] four = new byte[4];
  private int count;

  TunnelRelay(Channel getConnection) {
    this.getConnection = getConnection;
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
    getConnection.eventLoop().execute(() -> passOn(decoded));
  }

  private void passOn(byte[] decoded) {
    ChannelHandlerContext entrance = getConnection.pipeline().context(ProtocolDetector.ENTRANCE);
    if (entrance != null && getConnection.isActive()) {
      entrance.fireChannelRead(Unpooled.wrappedBuffer(decoded));
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    ctx.close();
  }
}
