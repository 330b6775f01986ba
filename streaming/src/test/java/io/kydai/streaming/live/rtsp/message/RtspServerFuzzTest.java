package io.kydai.streaming.live.rtsp.message;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Whatever a client says, it is understood or refused. As ordinary tests these run on their seeds
 * only; scripts/fuzz looks for more.
 */
class RtspServerFuzzTest {
  private static final int MAX_INPUT = 1 << 18;

  /** The first two bytes say where the rest is split: that must make no difference. */
  @FuzzTest(maxDuration = "1m")
  void requests(byte[] input) {
    if (input.length < 3 || input.length > MAX_INPUT) {
      return;
    }
    int split = ((input[0] & 0xff) << 8 | input[1] & 0xff) % (input.length - 2);
    List<String> whole = messages(input, 2, input.length);
    assertThat(messages(input, 2, 2 + split, input.length)).isEqualTo(whole);
    // Nothing is read behind what was refused.
    assertThat(whole.stream().filter(message -> message.startsWith("refused")).count())
        .isLessThanOrEqualTo(1);
  }

  private static List<String> messages(byte[] input, int... cuts) {
    EmbeddedChannel channel = new EmbeddedChannel(new RequestDecoder());
    List<String> messages = new ArrayList<>();
    for (int i = 1; i < cuts.length; i++) {
      channel.writeInbound(Unpooled.copiedBuffer(input, cuts[i - 1], cuts[i] - cuts[i - 1]));
      for (Object one = channel.readInbound(); one != null; one = channel.readInbound()) {
        messages.add(text((ClientMessage) one));
      }
    }
    channel.finishAndReleaseAll();
    return messages;
  }

  private static String text(ClientMessage message) {
    if (message instanceof ClientMessage.Asked asked) {
      Request request = asked.request();
      assertThat(request.uri().length()).isLessThanOrEqualTo(RequestDecoder.MOST_LINE);
      assertThat(request.headers()).hasSizeLessThanOrEqualTo(RequestDecoder.MOST_HEADERS);
      assertThat(request.bodyBytes()).isBetween(0, RequestDecoder.MOST_BODY);
      request.headers().values().forEach(value -> assertThat(value).doesNotContain("\r", "\n"));
      return request + " " + request.headers().size();
    }
    return message instanceof ClientMessage.Refused refused
        ? "refused " + refused.status()
        : "packet";
  }

  /** What an address, a transport and a log-in mean. */
  @FuzzTest(maxDuration = "1m")
  void meanings(byte[] input) {
    if (input.length > RequestDecoder.MOST_LINE) {
      return;
    }
    String text = new String(input, ISO_8859_1);
    StreamAddress.of(text, false)
        .ifPresent(
            address -> {
              assertThat(address.base()).startsWith("rtsp://").doesNotContain("@", "?");
              assertThat(address.camera()).isNotEmpty().doesNotContain("/");
            });
    TransportRequest.choose(text, true)
        .ifPresent(
            wanted -> {
              int least = wanted.tcp() ? 0 : 1024;
              int most = wanted.tcp() ? 0xff : 0xffff;
              assertThat(wanted.rtp()).isBetween(least, most);
              assertThat(wanted.rtcp()).isBetween(least, most);
            });
    LogIn.of(new Request("DESCRIBE", "*", Map.of("authorization", text), 0))
        .ifPresent(logIn -> assertThat(logIn.name()).doesNotContain(":"));
  }
}
