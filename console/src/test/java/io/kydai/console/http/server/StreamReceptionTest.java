package io.kydai.console.http.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http2.AbstractHttp2ConnectionHandlerBuilder;
import io.netty.handler.codec.http2.Http2ConnectionDecoder;
import io.netty.handler.codec.http2.Http2ConnectionEncoder;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2FrameAdapter;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.codec.http2.Http2Stream;
import java.net.InetAddress;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** One connection of HTTP/2, whose clock the test sets on. */
class StreamReceptionTest {
  private final ConnectionLimiter limiter =
      new ConnectionLimiter(new Limits.Connections(1, 1, 0, 1));
  private final Http2ConnectionHandler codec = new Builder().build();
  private final EmbeddedChannel channel = new EmbeddedChannel(codec);
  private boolean evicted;

  StreamReceptionTest() {
    channel.freezeTime();
    ConnectionLimiter.Place place =
        limiter.enter(InetAddress.getLoopbackAddress(), () -> evicted = true);
    StreamReception.install(channel.pipeline(), place);
  }

  /** The library's builder, which only its own heirs may use. */
  private static final class Builder
      extends AbstractHttp2ConnectionHandlerBuilder<Http2ConnectionHandler, Builder> {
    @Override
    protected Http2ConnectionHandler build() {
      server(true);
      frameListener(new Http2FrameAdapter());
      return super.build();
    }

    @Override
    protected Http2ConnectionHandler build(
        Http2ConnectionDecoder decoder, Http2ConnectionEncoder encoder, Http2Settings initial) {
      return new Http2ConnectionHandler(decoder, encoder, initial, false) {};
    }
  }

  @AfterEach
  void close() {
    channel.finishAndReleaseAll();
  }

  private Http2Stream request(int id, boolean body) throws Exception {
    return codec.connection().remote().createStream(id, !body);
  }

  private void pass(int seconds) {
    channel.advanceTimeBy(seconds, TimeUnit.SECONDS);
    channel.runScheduledPendingTasks();
  }

  private boolean givesWay() {
    ConnectionLimiter.Place other = limiter.enter(InetAddress.getLoopbackAddress(), () -> {});
    return !other.refused() && evicted;
  }

  @Test
  void aBodyThatDoesNotComeResetsItsStream() throws Exception {
    Http2Stream late = request(1, true);
    Http2Stream whole = request(3, true);
    whole.closeRemoteSide();
    pass(Limits.BODY_SECONDS - 1);
    assertThat(codec.connection().stream(1)).isSameAs(late);
    pass(1);
    assertThat(codec.connection().stream(1)).isNull();
    assertThat(codec.connection().stream(3)).isSameAs(whole);
    assertThat(channel.isOpen()).isTrue();
  }

  @Test
  void aConnectionDoesNotGiveWayWhileARequestIsAtWork() throws Exception {
    Http2Stream first = request(1, false);
    Http2Stream second = request(3, false);
    first.close();
    assertThat(givesWay()).isFalse();
    second.close();
    assertThat(givesWay()).isTrue();
  }

  @Test
  void aConnectionWhoseOnlyRequestIsNotWholeGivesWay() throws Exception {
    request(1, true);
    assertThat(givesWay()).isTrue();
  }
}
