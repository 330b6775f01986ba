package io.kydai.ingest.rtsp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.kydai.ingest.login.Authenticator;
import io.kydai.ingest.login.Challenge;
import io.kydai.ingest.rtsp.description.ControlAddress;
import io.kydai.ingest.rtsp.description.MediaTrack;
import io.kydai.ingest.rtsp.description.MediaTracks;
import io.kydai.ingest.rtsp.description.SessionDescription;
import io.kydai.ingest.rtsp.message.InterleavedFrame;
import io.kydai.ingest.rtsp.message.RtspDemultiplexer;
import io.kydai.ingest.rtsp.message.RtspException;
import io.kydai.ingest.rtsp.message.RtspMessage;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.DecoderException;
import io.netty.util.ReferenceCountUtil;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/**
 * Whatever a camera says, it is understood or refused by an {@link RtspException}. As ordinary
 * tests these run on their seeds only; scripts/fuzz looks for more.
 */
class RtspFuzzTest {
  private static final int MAX_INPUT = 1 << 20;

  /** The first two bytes say where the rest is split: that must make no difference. */
  @FuzzTest(maxDuration = "1m")
  void demultiplexer(byte[] input) {
    if (input.length < 2 || input.length > MAX_INPUT) {
      return;
    }
    int split = ((input[0] & 0xff) << 8 | input[1] & 0xff) % (input.length - 1);
    List<String> whole = parts(input, 2, input.length);
    List<String> split2 = parts(input, 2, 2 + Math.min(split, input.length - 2), input.length);
    assertThat(split2).isEqualTo(whole);
  }

  private static List<String> parts(byte[] input, int... cuts) {
    EmbeddedChannel channel = InterleavedFrame.openChannel();
    List<String> parts = new ArrayList<>();
    try {
      for (int i = 1; i < cuts.length; i++) {
        channel.writeInbound(Unpooled.copiedBuffer(input, cuts[i - 1], cuts[i] - cuts[i - 1]));
        drain(channel, parts);
      }
      channel.finish();
    } catch (Exception e) {
      // Thrown bare where the connection ends.
      Throwable cause = e instanceof DecoderException ? e.getCause() : e;
      assertThat(cause).isInstanceOf(RtspException.class);
      drain(channel, parts);
    }
    channel.releaseInbound();
    return parts;
  }

  private static void drain(EmbeddedChannel channel, List<String> parts) {
    for (Object part = channel.readInbound(); part != null; part = channel.readInbound()) {
      if (part instanceof InterleavedFrame frame) {
        parts.add("frame " + frame.channel() + " " + frame.content().readableBytes());
      } else if (part instanceof RtspMessage.Response response) {
        assertThat(response.body().length).isLessThanOrEqualTo(RtspDemultiplexer.MAX_BODY);
        parts.add("response " + response.line() + " " + response.body().length);
      } else if (part instanceof RtspMessage.Request request) {
        parts.add("request " + request.method());
      }
      ReferenceCountUtil.release(part);
    }
  }

  @FuzzTest(maxDuration = "1m")
  void description(byte[] input) {
    if (input.length > RtspDemultiplexer.MAX_BODY) {
      return;
    }
    try {
      SessionDescription offer = SessionDescription.parse(new String(input, UTF_8));
      for (MediaTrack track : MediaTracks.choose(offer, "rtsp://camera/live/")) {
        assertThat(track.control()).isNotNull();
        assertThat(track.payloadType()).isBetween(0, 127);
      }
    } catch (RtspException e) {
      assertThat(e.getMessage()).isNotEmpty().hasSizeLessThan(2000);
    }
  }

  @FuzzTest(maxDuration = "1m")
  void challenge(byte[] input) {
    if (input.length > RtspDemultiplexer.MAX_LINE) {
      return;
    }
    List<String> headers = List.of(new String(input, ISO_8859_1).split("\n"));
    Authenticator login = new Authenticator("user", "secret word", () -> "0123456789abcdef");
    Authenticator.choose(Challenge.parse(headers)).ifPresent(login::accept);
    assertThat(login.authorization("DESCRIBE", "rtsp://camera/live").orElse(""))
        .doesNotContain("secret word", "\r", "\n");
  }

  @FuzzTest(maxDuration = "1m")
  void headers(byte[] input) {
    if (input.length > RtspDemultiplexer.MAX_LINE) {
      return;
    }
    String value = new String(input, ISO_8859_1);
    assertThat(SessionHeader.parse(value).keepAliveInterval()).isPositive();
    assertThat(ControlAddress.resolve("rtsp://camera/live/", value)).isNotEmpty();
    URI asked = URI.create("rtsp://camera/live");
    try {
      assertThat(Redirects.target(asked, value).getUserInfo()).isNull();
    } catch (RtspException e) {
      assertThat(e.getMessage()).isNotEmpty();
    }
  }

  /** A whole session: each piece up to a byte 0xFF is what the camera says next. */
  @FuzzTest(maxDuration = "1m")
  void session(byte[] input) {
    if (input.length > MAX_INPUT) {
      return;
    }
    Heard heard = new Heard();
    RtspSession session =
        RtspSession.withLogin(
            URI.create("rtsp://camera:554/live"),
            new RtspLogin("user", "secret word"),
            RtspSettings.DEFAULT,
            heard);
    EmbeddedChannel channel = new EmbeddedChannel();
    session.addTo(channel.pipeline());
    int from = 0;
    for (int at = 0; at <= input.length; at++) {
      if (at == input.length || input[at] == (byte) 0xff) {
        channel.writeInbound(Unpooled.copiedBuffer(input, from, at - from));
        channel.runPendingTasks();
        from = at + 1;
      }
    }
    channel.checkException();
    for (Object sent = channel.readOutbound(); sent != null; sent = channel.readOutbound()) {
      assertThat(((ByteBuf) sent).toString(UTF_8)).doesNotContain("secret word");
      ReferenceCountUtil.release(sent);
    }
    session.close();
    channel.runPendingTasks();
    channel.finishAndReleaseAll();
    assertThat(heard.ends).isLessThanOrEqualTo(1);
    assertThat(heard.reason).doesNotContain("secret word", "fault of ours");
  }

  /** What a session came to. */
  private static final class Heard implements RtspObserver {
    private String reason = "";
    private int ends;

    @Override
    public void onTracks(List<MediaTrack> tracks) {
      assertThat(tracks).isNotEmpty();
    }

    @Override
    public void onPlaying() {
      assertThat(ends).isZero();
    }

    @Override
    public void onRtp(int track, ByteBuf packet) {
      assertThat(packet.readableBytes()).isLessThanOrEqualTo(0xffff);
    }

    @Override
    public void onRtcp(int track, ByteBuf packet) {
      assertThat(packet.readableBytes()).isLessThanOrEqualTo(0xffff);
    }

    @Override
    public void onRedirect(URI target) {
      ends++;
    }

    @Override
    public void onFailure(String why) {
      reason = why;
      ends++;
    }

    @Override
    public void onLoginRefused(String why) {
      reason = why;
      ends++;
    }
  }
}
