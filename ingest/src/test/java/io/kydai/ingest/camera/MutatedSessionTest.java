package io.kydai.ingest.camera;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.kydai.ingest.CapturedLog;
import io.kydai.ingest.LocalNames;
import io.kydai.ingest.connect.HostConnectionLimiter;
import io.kydai.ingest.media.AccessUnit;
import io.kydai.ingest.rtsp.RtspSettings;
import io.kydai.ingest.source.CameraId;
import io.kydai.ingest.source.CameraSource;
import io.kydai.ingest.status.CameraState;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.local.LocalAddress;
import io.netty.channel.local.LocalChannel;
import io.netty.channel.local.LocalIoHandler;
import io.netty.channel.local.LocalServerChannel;
import io.netty.util.ReferenceCountUtil;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A session of GStreamer's RTSP server, cut off after each byte, and with each byte changed:
 * cameras go on, whatever comes. The session was recorded from a test picture of 64×48; each of its
 * pieces, four answers and 14 frames in one, stands behind its length.
 */
@Timeout(value = 30, unit = TimeUnit.MINUTES)
class MutatedSessionTest {
  /** All that there are, or one in five. */
  private static final boolean ALL = "all".equals(System.getProperty("kydai.mutations"));

  private static final int CAMERAS = 16;
  private static final long MOST_MEMORY = CAMERAS * 1024L * 1024;
  private static final IngestSettings HASTY =
      new IngestSettings(
          Duration.ofMillis(50),
          new RtspSettings(Duration.ofMillis(50), Duration.ofMillis(20)),
          Duration.ofMillis(50),
          Duration.ofMillis(50),
          Duration.ofSeconds(30),
          Duration.ofMillis(2),
          Duration.ofMillis(2),
          Duration.ofMillis(2));

  private final LocalAddress address = new LocalAddress(MutatedSessionTest.class);
  private final EventLoopGroup loops =
      new MultiThreadIoEventLoopGroup(1, LocalIoHandler.newFactory());
  private final UnpooledByteBufAllocator memory = new UnpooledByteBufAllocator(false);
  private final List<String> faults = Collections.synchronizedList(new ArrayList<>());
  private final CountDownLatch over = new CountDownLatch(1);
  private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
  private long mostMemory;
  private long played;
  private long units;

  @AfterEach
  void end() {
    loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
  }

  private static byte[][] session() throws IOException {
    try (DataInputStream in =
        new DataInputStream(
            MutatedSessionTest.class.getResourceAsStream("/gstreamer-session.bin"))) {
      List<byte[]> pieces = new ArrayList<>();
      while (in.available() > 0) {
        pieces.add(in.readNBytes(in.readInt()));
      }
      return pieces.toArray(byte[][]::new);
    }
  }

  private static Stream<byte[][]> mutations(byte[][] session) {
    int length = Arrays.stream(session).mapToInt(piece -> piece.length).sum();
    int media = length - session[session.length - 1].length;
    Stream<byte[][]> prefixes =
        IntStream.range(0, length)
            .filter(at -> ALL || at % 5 == 0)
            .mapToObj(at -> cut(session, at));
    IntStream places = IntStream.range(0, length).filter(at -> ALL || at < media || at % 5 == 0);
    Stream<byte[][]> changes =
        places
            .boxed()
            .flatMap(
                at ->
                    IntStream.of(ALL ? ALL_CHANGES : new int[] {1 << at % 8})
                        .mapToObj(bits -> changed(session, at, bits)));
    return Stream.concat(prefixes, changes);
  }

  /** Each bit by itself, and some together: digits, letters' case, everything. */
  private static final int[] ALL_CHANGES = {1, 2, 4, 8, 16, 32, 64, 128, 0x0f, 0x7f, 0xff};

  private static byte[][] cut(byte[][] session, int length) {
    List<byte[]> pieces = new ArrayList<>();
    int left = length;
    for (byte[] piece : session) {
      pieces.add(Arrays.copyOf(piece, Math.min(left, piece.length)));
      left -= Math.min(left, piece.length);
    }
    return pieces.toArray(byte[][]::new);
  }

  private static byte[][] changed(byte[][] session, int at, int bits) {
    byte[][] pieces = session.clone();
    int left = at;
    int piece = 0;
    while (left >= pieces[piece].length) {
      left -= pieces[piece++].length;
    }
    pieces[piece] = pieces[piece].clone();
    pieces[piece][left] ^= (byte) bits;
    return pieces;
  }

  /** Answers each request by the next piece; the last piece follows the one before it. */
  private final class Replay extends ChannelInboundHandlerAdapter {
    private final Iterator<byte[]> pieces;

    Replay(byte[][] pieces) {
      this.pieces = List.of(pieces).iterator();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      String request = ((ByteBuf) message).toString(ISO_8859_1);
      ReferenceCountUtil.release(message);
      if (!pieces.hasNext() || request.startsWith("TEARDOWN")) {
        context.close();
        return;
      }
      send(context, pieces.next());
      if (request.startsWith("PLAY") && pieces.hasNext()) {
        send(context, pieces.next());
        context.write(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
        context.flush();
      }
    }

    private void send(ChannelHandlerContext context, byte[] piece) {
      if (piece.length == 0) {
        context.close();
      } else {
        context.writeAndFlush(Unpooled.copiedBuffer(piece));
      }
    }
  }

  private void serve(Iterator<byte[][]> sessions) {
    new ServerBootstrap()
        .group(loops)
        .channel(LocalServerChannel.class)
        .childHandler(
            new ChannelInitializer<>() {
              @Override
              protected void initChannel(io.netty.channel.Channel opened) {
                mostMemory = Math.max(mostMemory, held());
                if (sessions.hasNext()) {
                  played++;
                  opened.pipeline().addLast(new Replay(sessions.next()));
                } else {
                  over.countDown();
                  opened.close();
                }
              }
            })
        .bind(address)
        .syncUninterruptibly();
  }

  private Camera camera(int number) {
    EventLoop loop = loops.next();
    Bootstrap bootstrap =
        new Bootstrap()
            .group(loop)
            .channel(LocalChannel.class)
            .resolver(new LocalNames(address))
            .option(ChannelOption.ALLOCATOR, memory);
    CameraId id = new CameraId("camera-" + number);
    Subscriptions subscriptions = new Subscriptions();
    subscriptions.accessUnits().add(id, this::check);
    HostConnectionLimiter gate =
        new HostConnectionLimiter(loop, () -> loop.newSucceededFuture(null), () -> 0);
    return new Camera(
        CameraSource.of(id, "rtsp://camera:554/stream"),
        loop,
        bootstrap,
        gate,
        null,
        HASTY,
        Clock.systemUTC(),
        subscriptions,
        new IngestMetrics(metrics, id),
        status ->
            status.lastError().filter(error -> error.contains("ours")).ifPresent(faults::add));
  }

  /** What is published is whole, however odd the session. On the loop. */
  private void check(AccessUnit unit) {
    units++;
    ByteBuffer data = unit.data().duplicate();
    while (data.hasRemaining()) {
      int length = data.getInt();
      if (length <= 0 || length > data.remaining()) {
        faults.add("a NAL unit of " + length + " bytes in " + unit);
        return;
      }
      data.position(data.position() + length);
    }
  }

  private long held() {
    return memory.metric().usedHeapMemory() + memory.metric().usedDirectMemory();
  }

  @Test
  void camerasGoOnAfterEachPrefixAndEachChangedByteOfASession() throws Exception {
    byte[][] session = session();
    try (CapturedLog log = new CapturedLog(Level.WARN)) {
      // The last one is as it was: it must be received as if nothing had been before.
      serve(Stream.concat(mutations(session), Stream.<byte[][]>of(session)).iterator());
      List<Camera> cameras = IntStream.range(0, CAMERAS).mapToObj(this::camera).toList();
      cameras.forEach(Camera::start);
      over.await();
      for (Camera camera : cameras) {
        assertThat(camera.status().state())
            .isIn(CameraState.CONNECTING, CameraState.LIVE, CameraState.BACKING_OFF);
        camera.stop().syncUninterruptibly();
      }
      loops.submit(() -> {}).syncUninterruptibly();
      assertThat(faults).isEmpty();
      assertThat(log.lines()).noneMatch(line -> line.startsWith("ERROR"));
      assertThat(units).isGreaterThan(played);
      assertThat(mostMemory).isLessThan(MOST_MEMORY);
      assertThat(held()).as("bytes of buffers that nobody released").isZero();
    }
  }
}
