package io.kydai.streaming.live.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import io.kydai.ingest.media.AccessUnit;
import io.kydai.ingest.media.Codec;
import io.kydai.ingest.media.CodecParameters;
import io.kydai.ingest.media.WallClockSource;
import io.kydai.ingest.source.CameraId;
import io.kydai.streaming.live.event.Fragment;
import io.kydai.streaming.mp4.Fragments;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Frames, as Netty's decoder of a client reads them. */
class WebSocketFramesTest {
  private static WebSocketFrame read(ByteBuffer frame) {
    EmbeddedChannel client =
        new EmbeddedChannel(new WebSocket13FrameDecoder(false, false, 1 << 20));
    client.writeInbound(Unpooled.copiedBuffer(frame));
    WebSocketFrame read = client.readInbound();
    assertThat(read.isFinalFragment()).isTrue();
    assertThat(client.inboundMessages()).isEmpty();
    return read;
  }

  private static AccessUnit unit(int size) {
    byte[] data = new byte[size];
    ByteBuffer.wrap(data).putInt(size - 4).put((byte) 0x65);
    return new AccessUnit(
        new CameraId("gate"),
        new CodecParameters(
            Codec.H264, 320, 180, List.of(new byte[] {0x67, 1, 2, 3}), List.of(new byte[] {0x68})),
        0,
        7_200,
        3_600,
        Instant.EPOCH,
        WallClockSource.ARRIVAL,
        true,
        false,
        false,
        ByteBuffer.wrap(data));
  }

  /** Sizes on both sides of each form that a length has. */
  @ParameterizedTest
  @ValueSource(ints = {8, 10_000, 65_000, 65_535, 70_000, 200_000})
  void aFragmentIsOneFrameForAll(int size) {
    Fragment fragment = new Fragment(5, unit(size), 3_600, 1_800);
    ByteBuffer expected = Fragments.fragment(5, unit(size), 3_600, 1_800);
    ByteBuffer frame = WebSocketFrames.of(fragment);
    WebSocketFrame read = read(frame);
    ByteBuf content = read.content();
    try {
      assertThat(read).isInstanceOf(BinaryWebSocketFrame.class);
      assertThat(content.nioBuffer()).isEqualTo(expected);
    } finally {
      content.release();
    }
    assertThat(fragment.segment()).isEqualTo(expected);
    assertThat(WebSocketFrames.of(fragment)).isEqualTo(frame);
    assertThat(frame.isReadOnly()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{\"name\":\"Trường Tiền\"}"})
  void aTextIsOneFrame(String text) {
    WebSocketFrame read = read(WebSocketFrames.text(text));
    assertThat(((TextWebSocketFrame) read).text()).isEqualTo(text);
    read.release();
  }

  @Test
  void anInitialisationSegmentIsOneFrame() {
    byte[] bytes = new byte[900];
    WebSocketFrame read = read(WebSocketFrames.binary(ByteBuffer.wrap(bytes)));
    assertThat(read.content().readableBytes()).isEqualTo(900);
    read.release();
  }
}
