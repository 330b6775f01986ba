package io.kydai.ingest.bench;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SelectStrategyFactory;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.nio.channels.spi.SelectorProvider;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The reference of {@link Cost}: the least that pulls simulated cameras over interleaved TCP with
 * Netty. For each camera it connects with ingest's socket options and its number of event loops,
 * sends SETUP and PLAY, and from then on adds the length of each read to a counter and releases the
 * buffer. It splits no frames, parses no RTP and RTCP, sends no reports and keeps nothing, so that
 * its processor time is that of the selector, the sockets' reads and Netty's pipeline.
 */
final class BareClient implements AutoCloseable {
  private final AtomicLong bytes = new AtomicLong();
  private final EventLoopGroup loops;

  /**
   * Creates a client without connections.
   *
   * @param threads the beginning of the names of its event loops' threads
   * @param wakeUps when its event loops wake up: Netty's default or ingest's strategy
   */
  BareClient(String threads, SelectStrategyFactory wakeUps) {
    loops =
        new MultiThreadIoEventLoopGroup(
            Math.min(4, Runtime.getRuntime().availableProcessors()),
            new DefaultThreadFactory(threads, true),
            NioIoHandler.newFactory(SelectorProvider.provider(), wakeUps));
  }

  AtomicLong bytes() {
    return bytes;
  }

  void pull(int port, String address) {
    new Bootstrap()
        .group(loops)
        .channel(NioSocketChannel.class)
        .option(ChannelOption.TCP_NODELAY, true)
        .handler(
            new ChannelInitializer<>() {
              @Override
              protected void initChannel(io.netty.channel.Channel opened) {
                opened.pipeline().addLast(new Puller(address));
              }
            })
        .connect("127.0.0.1", port);
  }

  private final class Puller extends ChannelInboundHandlerAdapter {
    private final String address;
    private boolean playing;

    Puller(String address) {
      this.address = address;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
      send(context, "SETUP " + address + "/trackID=0", "Transport: RTP/AVP/TCP;interleaved=0-1");
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      ByteBuf read = (ByteBuf) message;
      if (playing) {
        bytes.addAndGet(read.readableBytes());
      } else {
        playing = true;
        String session = read.toString(ISO_8859_1).replaceAll("(?s).*Session: ([^;\\r]+).*", "$1");
        send(context, "PLAY " + address, "Session: " + session);
      }
      read.release();
    }

    private void send(ChannelHandlerContext context, String line, String header) {
      context.writeAndFlush(
          Unpooled.copiedBuffer(
              line + " RTSP/1.0\r\nCSeq: 1\r\n" + header + "\r\n\r\n", ISO_8859_1));
    }
  }

  @Override
  public void close() {
    loops.shutdownGracefully(0, 2, TimeUnit.SECONDS).syncUninterruptibly();
  }
}
