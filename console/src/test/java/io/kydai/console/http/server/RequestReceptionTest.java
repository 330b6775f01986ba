package io.kydai.console.http.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.kydai.console.http.answer.Problem;
import io.kydai.console.http.origin.Headers;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestReceptionTest {
  private static final String GET = "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n";
  private static final String POST = "POST / HTTP/1.1\r\nHost: localhost\r\n";
  private static final String CHUNKED = POST + "Transfer-Encoding: chunked\r\n\r\n";

  private final EmbeddedChannel channel =
      new EmbeddedChannel(new HttpRequestDecoder(), new HttpResponseEncoder());
  private final ConnectionLimiter limiter =
      new ConnectionLimiter(new Limits.Connections(1, 1, 0, 1));

  RequestReceptionTest() {
    channel.freezeTime();
    String encoder = channel.pipeline().context(HttpResponseEncoder.class).name();
    RequestReception.install(
        channel.pipeline(),
        encoder,
        limiter.enter(InetAddress.getLoopbackAddress(), channel::close));
  }

  @AfterEach
  void close() {
    channel.releaseInbound();
    channel.finishAndReleaseAll();
  }

  private void receive(String text) {
    channel.writeInbound(Unpooled.copiedBuffer(text, StandardCharsets.ISO_8859_1));
    channel.releaseInbound();
  }

  private void pass(long seconds) {
    channel.advanceTimeBy(seconds, TimeUnit.SECONDS);
    channel.runScheduledPendingTasks();
  }

  private String sent() {
    StringBuilder sent = new StringBuilder();
    for (ByteBuf part = channel.readOutbound(); part != null; part = channel.readOutbound()) {
      sent.append(part.toString(StandardCharsets.ISO_8859_1));
      part.release();
    }
    return sent.toString();
  }

  private void answer() {
    channel.writeOutbound(new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK));
    sent();
  }

  private static void isProblem(String answer, int status) {
    assertThat(answer)
        .startsWith("HTTP/1.1 " + status)
        .containsIgnoringCase("content-type: " + Problem.MEDIA_TYPE)
        .containsIgnoringCase("connection: close");
    Headers.EVERY.forEach(
        (name, value) -> assertThat(answer).containsIgnoringCase(name + ": " + value));
  }

  @Test
  void headersThatTrickleAreCutOff() {
    for (char c : "GET / HTTP".toCharArray()) {
      receive(String.valueOf(c));
      assertThat(sent()).isEmpty();
      pass(1);
    }

    isProblem(sent(), 408);
    pass(Limits.LINGER_MILLIS / 1000);
    assertThat(channel.isOpen()).isFalse();
  }

  @Test
  void overTlsALateRequestsAnswerHasTheHeaderForTlsToo() {
    EmbeddedChannel secure = new EmbeddedChannel(new HttpRequestDecoder());
    secure.freezeTime();
    secure.pipeline().addFirst("ssl", new ChannelInboundHandlerAdapter());
    secure.pipeline().addLast("encoder", new HttpResponseEncoder());
    RequestReception.install(
        secure.pipeline(),
        "encoder",
        new ConnectionLimiter(new Limits.Connections(1, 1, 0, 1))
            .enter(InetAddress.getLoopbackAddress(), secure::close));
    secure.writeInbound(Unpooled.copiedBuffer("GET", StandardCharsets.ISO_8859_1));
    secure.advanceTimeBy(Limits.HEAD_SECONDS, TimeUnit.SECONDS);
    secure.runScheduledPendingTasks();
    ByteBuf head = secure.readOutbound();
    assertThat(head.toString(StandardCharsets.ISO_8859_1))
        .startsWith("HTTP/1.1 408")
        .containsIgnoringCase("strict-transport-security: max-age=31536000; includeSubDomains");
    head.release();
    secure.finishAndReleaseAll();

    receive("GET");
    pass(Limits.HEAD_SECONDS);
    assertThat(sent()).doesNotContainIgnoringCase("strict-transport-security");
  }

  @Test
  void aConnectionThatSaysNothingIsClosedWithoutAWord() {
    pass(Limits.HEAD_SECONDS - 1);
    assertThat(channel.isOpen()).isTrue();
    pass(1);

    assertThat(channel.isOpen()).isFalse();
    assertThat(sent()).isEmpty();
  }

  @Test
  void aBodyThatTricklesIsCutOff() {
    receive(POST + "Content-Length: 100\r\n\r\n");
    for (int i = 0; i < Limits.BODY_SECONDS; i++) {
      assertThat(sent()).isEmpty();
      receive("x");
      pass(1);
    }

    isProblem(sent(), 408);
  }

  @Test
  void theDeadlineOfTheNextRequestBeginsWithItsFirstByte() {
    receive(GET);
    pass(60);
    answer();
    pass(60);
    assertThat(channel.isOpen()).isTrue();

    receive("GE");
    pass(Limits.HEAD_SECONDS - 1);
    assertThat(sent()).isEmpty();
    pass(1);
    isProblem(sent(), 408);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ffffffff\r\n", "-1\r\n", "xyz\r\n"})
  void aChunkThatCannotBeReadIsAnswered(String chunk) {
    receive(CHUNKED + chunk);

    isProblem(sent(), 400);
    receive("what still comes");
    pass(Limits.LINGER_MILLIS / 1000);
    assertThat(channel.isOpen()).isFalse();
  }

  @Test
  void endlessTrailersAndChunkExtensionsAreAnswered() {
    receive(CHUNKED + "0\r\n" + "a: b\r\n".repeat(20_000) + "\r\n");
    isProblem(sent(), 400);
  }

  @Test
  void anEndlessChunkExtensionIsAnswered() {
    receive(CHUNKED + "1;" + "x".repeat(1_000_000));
    isProblem(sent(), 400);
  }

  @Test
  void anotherVersionIsAnswered() {
    receive("GET / HTTP/1.2\r\nHost: localhost\r\n\r\n");
    isProblem(sent(), 505);
  }

  @Test
  void anAnswerThatHasBegunIsNotFollowedByAnother() {
    receive(CHUNKED);
    channel.writeOutbound(new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK));
    sent();
    receive("xyz\r\n");

    assertThat(sent()).isEmpty();
    assertThat(channel.isOpen()).isFalse();
  }

  @Test
  void theServersOwnAnswerToWhatWasCutOffIsDropped() {
    receive(CHUNKED + "xyz\r\n");
    isProblem(sent(), 400);
    answer();

    assertThat(sent()).isEmpty();
  }

  @Test
  void onlyAConnectionThatIsAtWorkDoesNotGiveWay() {
    receive(GET);
    assertThat(limiter.enter(InetAddress.getLoopbackAddress(), () -> {}).refused()).isTrue();
    answer();
    assertThat(limiter.enter(InetAddress.getLoopbackAddress(), () -> {}).refused()).isFalse();
    assertThat(channel.isOpen()).isFalse();
  }

  @Test
  void aWebSocketIsLeftAlone() {
    receive(GET);
    channel.writeOutbound(
        new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.SWITCHING_PROTOCOLS));
    channel.runPendingTasks();
    sent();
    pass(3600);

    assertThat(channel.isOpen()).isTrue();
    assertThat(channel.pipeline().get(RequestReception.class)).isNull();
    assertThat(limiter.enter(InetAddress.getLoopbackAddress(), () -> {}).refused()).isTrue();
  }
}
