package io.kydai.ingest.rtsp.message;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.DecoderException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RtspDemultiplexerTest {
  private static final String FRAME = "$\1\0\5ab\r\nc";

  /** An answer with a body, a frame that looks like one, a request, and an answer in bare LF. */
  private static final String MIXED =
      "RTSP/1.0 200 OK\r\nCSeq: 1 \r\nContent-Length: 6\r\nX-Long: one,\r\n two\r\n\r\n$body$"
          + FRAME
          + "\r\n\r\nGET_PARAMETER * RTSP/1.0\r\nCSeq: 9\r\n\r\n"
          + FRAME
          + "$\2\0\0"
          + "RTSP/1.0 454 Session Not Found\nno colon here\ncseq:2\n\n";

  private static final List<String> PARTS =
      List.of(
          "200 OK cseq=1 long=one, two body=$body$",
          "frame 1 61620d0a63",
          "GET_PARAMETER cseq=9",
          "frame 1 61620d0a63",
          "frame 2 ",
          "454 Session Not Found cseq=2 long= body=");

  @Test
  void messagesAndFramesArePartedWhereverTheBytesAreSplit() {
    for (int split = 0; split <= MIXED.length(); split++) {
      EmbeddedChannel channel = InterleavedFrame.openChannel();
      feed(channel, MIXED.substring(0, split));
      feed(channel, MIXED.substring(split));
      assertThat(parts(channel)).as("split at %s", split).isEqualTo(PARTS);
      channel.finish();
    }
  }

  @Test
  void messagesAndFramesArePartedByteByByte() {
    EmbeddedChannel channel = InterleavedFrame.openChannel();
    for (int i = 0; i < MIXED.length(); i++) {
      feed(channel, MIXED.substring(i, i + 1));
    }
    assertThat(parts(channel)).isEqualTo(PARTS);
    channel.finish();
  }

  @Test
  void ofWhatIsNoRtspNothingIsQuoted() {
    for (String bytes :
        List.of(
            "HTTP/1.1 400 Bad Request\r\n\r\n",
            "\0\0\0\1garbage",
            "a",
            "THIS_IS_NO_METHOD_AT_ALL")) {
      EmbeddedChannel channel = InterleavedFrame.openChannel();
      assertThatThrownBy(() -> feed(channel, bytes))
          .rootCause()
          .isInstanceOf(RtspException.class)
          .hasMessage("sends something else than RTSP: a message or a '$' frame was expected");
      channel.finish();
    }
  }

  @Test
  void whatExceedsALimitIsRefusedBeforeItIsCollected() {
    refused("RTSP/1.0 200 OK\r\nX: " + "x".repeat(9000), "more than 8192 bytes");
    refused("RTSP/1.0 200 OK\r\nX: 1" + "\r\n  more".repeat(9000), "more than 8192 bytes");
    refused("RTSP/1.0 200 OK\r\n" + "X: 1\r\n".repeat(200), "more than 100 fields");
    refused("RTSP/1.0 200 OK\r\n" + "no colon\r\n".repeat(9000), "more than 65536 bytes");
    refused("RTSP/1.0 200 OK\r\nContent-Length: 262145\r\n\r\n", "announces a body of 262145");
    refused("RTSP/1.0 200 OK\r\nContent-Length: -1\r\n\r\n", "no number: -1");
    refused("RTSP/1.0 OK\r\n\r\n", "without a status");
  }

  @Test
  void nothingIsReadBehindAnError() {
    EmbeddedChannel channel = InterleavedFrame.openChannel();
    assertThatThrownBy(() -> feed(channel, "?")).hasRootCauseInstanceOf(RtspException.class);
    feed(channel, MIXED);
    assertThat(parts(channel)).isEmpty();
    channel.finish();
  }

  @Test
  void aConnectionThatEndsInTheMiddleSaysOfWhat() {
    endsWithin("$\0\0\5ab", "in the middle of a frame (2 of 5 bytes came)");
    endsWithin("RTSP/1.0 200 OK\r\nCSe", "in the middle of a message");
    endsWithin("RTSP/1.0 200 OK\r\nContent-Length: 9\r\n\r\nv=0", "body (3 of 9 bytes came)");
    EmbeddedChannel channel = InterleavedFrame.openChannel();
    feed(channel, MIXED);
    channel.finish();
    assertThat(parts(channel)).isEqualTo(PARTS);
  }

  /** An RTP packet of nine bytes on channel 2. */
  private static final String PACKET = "$\2\0\11\200`345678 ";

  @Test
  void junkInTheMiddleIsSkippedUpToAFrameOfATrackOrAnAnswerWhereverTheBytesAreSplit() {
    String answer = "RTSP/1.0 200 OK\r\nCSeq: 7\r\n\r\n";
    // None of the first frames is one: of no track, too short, no RTP.
    String bytes =
        PACKET + "\1\2$\7\0\11\200$\2\0\1\200$\2\0\11x" + PACKET + "\0RTSP?" + answer + PACKET;
    List<String> expected =
        List.of(
            "frame 2 " + hex(PACKET),
            "skipped 17",
            "frame 2 " + hex(PACKET),
            "skipped 6",
            "200 OK cseq=7 long= body=",
            "frame 2 " + hex(PACKET));
    for (int split = 0; split <= bytes.length(); split++) {
      EmbeddedChannel channel = recovering();
      feed(channel, bytes.substring(0, split));
      feed(channel, bytes.substring(split));
      List<String> parts = parts(channel);
      assertThat(parts).as("split at %s", split).isEqualTo(expected);
      channel.finish();
    }
  }

  private static String hex(String frame) {
    return ByteBufUtil.hexDump(frame.substring(4).getBytes(ISO_8859_1));
  }

  private static EmbeddedChannel recovering() {
    return InterleavedFrame.openChannel(
        demultiplexer -> demultiplexer.enableRecovery(channel -> channel == 2));
  }

  @Test
  void aFrameThatIsShorterThanItSaysCostsOnlyItselfAndWhatItSwallows() {
    EmbeddedChannel channel = recovering();
    String truncated = PACKET.substring(0, 8);
    feed(channel, PACKET + truncated + PACKET + PACKET + PACKET);
    assertThat(parts(channel))
        .hasSize(5)
        .startsWith("frame 2 " + hex(PACKET))
        .endsWith("frame 2 " + hex(PACKET), "frame 2 " + hex(PACKET));
    channel.finish();
  }

  @Test
  void framesOnChannelsOfNoTrackAreNoJunk() {
    EmbeddedChannel channel = recovering();
    feed(channel, "$\7\0\1a" + PACKET);
    assertThat(parts(channel)).containsExactly("frame 7 61", "frame 2 " + hex(PACKET));
    channel.finish();
  }

  @Test
  void junkWithoutEndEndsTheConnection() {
    EmbeddedChannel channel = recovering();
    String junk = "\0".repeat(1024);
    assertThatThrownBy(
            () -> {
              for (int i = 0; i < 130; i++) {
                feed(channel, junk);
              }
            })
        .rootCause()
        .isInstanceOf(RtspException.class)
        .hasMessageContaining("no message and no frame in ");
    channel.finish();
  }

  @Test
  void aReadIsReleasedWhenTheReceiverOfAFrameFails() {
    EmbeddedChannel channel =
        new EmbeddedChannel(
            new RtspDemultiplexer(
                (number, packet) -> {
                  throw new IllegalStateException("full");
                }));
    ByteBuf read = Unpooled.copiedBuffer(FRAME + FRAME, ISO_8859_1);
    assertThatThrownBy(() -> channel.writeInbound(read))
        .isInstanceOf(DecoderException.class)
        .hasRootCauseMessage("full");
    assertThat(read.refCnt()).isZero();
    channel.finish();
  }

  private static void endsWithin(String bytes, String expected) {
    EmbeddedChannel channel = InterleavedFrame.openChannel();
    feed(channel, bytes);
    assertThatThrownBy(channel::finish)
        .isInstanceOf(RtspException.class)
        .hasMessageContaining(expected);
  }

  private static void refused(String bytes, String... expected) {
    EmbeddedChannel channel = InterleavedFrame.openChannel();
    assertThatThrownBy(() -> feed(channel, bytes))
        .rootCause()
        .isInstanceOf(RtspException.class)
        .message()
        .contains(expected);
    channel.finish();
  }

  private static void feed(EmbeddedChannel channel, String bytes) {
    channel.writeInbound(Unpooled.copiedBuffer(bytes, ISO_8859_1));
  }

  /** What came out; of bytes skipped in a row the sum. */
  private static List<String> parts(EmbeddedChannel channel) {
    List<String> parts = new ArrayList<>();
    int skipped = 0;
    for (Object part = channel.readInbound(); part != null; part = channel.readInbound()) {
      if (part instanceof SkippedBytes some) {
        skipped += some.count();
        continue;
      }
      if (skipped > 0) {
        parts.add("skipped " + skipped);
        skipped = 0;
      }
      parts.add(describe(part));
    }
    return parts;
  }

  private static String describe(Object part) {
    if (part instanceof InterleavedFrame frame) {
      String text = "frame " + frame.channel() + " " + ByteBufUtil.hexDump(frame.content());
      frame.release();
      return text;
    }
    if (part instanceof RtspMessage.Request request) {
      return request.method() + " cseq=" + request.headers().first("cseq").orElse("");
    }
    RtspMessage.Response response = (RtspMessage.Response) part;
    return response.line()
        + " cseq="
        + response.headers().first("CSEQ").orElse("")
        + " long="
        + response.headers().first("X-Long").orElse("")
        + " body="
        + new String(response.body(), ISO_8859_1);
  }
}
