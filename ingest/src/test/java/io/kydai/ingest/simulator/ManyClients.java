package io.kydai.ingest.simulator;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** Clients that play over TCP, one per address, and do nothing but count. */
final class ManyClients implements AutoCloseable {
  private final EventLoopGroup loop = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
  private final List<Client> clients = new ArrayList<>();
  private final int enough;
  private final CountDownLatch waiting;
  private final LongAdder bytes = new LongAdder();
  private final LongAdder pictures = new LongAdder();

  /**
   * @param enough pictures that {@link #await} waits for, for each client
   */
  ManyClients(List<String> addresses, int enough) {
    this.enough = enough;
    this.waiting = new CountDownLatch(addresses.size());
    for (String address : addresses) {
      URI uri = URI.create(address);
      Client client = new Client(address);
      clients.add(client);
      new Bootstrap()
          .group(loop)
          .channel(NioSocketChannel.class)
          .handler(
              new ChannelInitializer<SocketChannel>() {
                @Override
                protected void initChannel(SocketChannel channel) {
                  channel.pipeline().addLast(client);
                }
              })
          .connect(uri.getHost(), uri.getPort());
    }
  }

  long bytes() {
    return bytes.sum();
  }

  long pictures() {
    return pictures.sum();
  }

  /** Waits until every client got enough pictures; says whether they did in time. */
  boolean await(Duration patience) throws InterruptedException {
    return waiting.await(patience.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Packets that are missing by their numbers, of all clients together. */
  int missing() {
    return clients.stream().mapToInt(client -> client.missing.get()).sum();
  }

  @Override
  public void close() {
    loop.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly();
  }

  private final class Client extends ByteToMessageDecoder {
    private final String address;
    private final AtomicInteger missing = new AtomicInteger();
    private int asked;
    private int own;
    private int number = -1;

    Client(String address) {
      this.address = address;
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
      ask(ctx, "SETUP", "Transport: RTP/AVP/TCP;unicast;interleaved=0-1");
    }

    private void ask(ChannelHandlerContext ctx, String method, String header) {
      String request =
          method + " " + address + " RTSP/1.0\r\nCSeq: " + ++asked + "\r\n" + header + "\r\n\r\n";
      ctx.writeAndFlush(Unpooled.copiedBuffer(request, US_ASCII));
    }

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
      int at = in.readerIndex();
      if (in.getByte(at) == '$') {
        if (in.readableBytes() >= 4 && in.readableBytes() >= 4 + in.getUnsignedShort(at + 2)) {
          frame(in, at);
        }
        return;
      }
      String head = in.toString(US_ASCII);
      int end = head.indexOf("\r\n\r\n");
      if (end >= 0) {
        in.skipBytes(end + 4);
        if (asked == 1) {
          ask(ctx, "PLAY", head.replaceFirst("(?s).*(Session: [^;\r]+).*", "$1"));
        }
      }
    }

    private void frame(ByteBuf in, int at) {
      int length = in.getUnsignedShort(at + 2);
      bytes.add(4 + length);
      if (in.getByte(at + 1) == 0) {
        int next = in.getUnsignedShort(at + 6);
        missing.addAndGet(number < 0 ? 0 : next - number - 1 & 0xffff);
        number = next;
        if (in.getByte(at + 5) < 0) {
          pictures.increment();
          if (++own == enough) {
            waiting.countDown();
          }
        }
      }
      in.skipBytes(4 + length);
    }
  }
}
