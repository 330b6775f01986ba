package io.kydai.ingest.rtp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.kydai.ingest.rtp.frame.AacDepacketizer;
import io.kydai.ingest.rtp.frame.DocumentDepacketizer;
import io.kydai.ingest.rtp.jpeg.JpegDepacketizer;
import io.kydai.ingest.rtp.jpeg.JpegSize;
import io.kydai.ingest.rtp.nal.H264Depacketizer;
import io.kydai.ingest.rtp.nal.H265Depacketizer;
import io.kydai.ingest.rtp.nal.SpropParameterSets;
import io.kydai.ingest.rtp.packet.Depacketizer;
import io.kydai.ingest.rtp.packet.FrameReceiver;
import io.kydai.ingest.rtp.packet.MediaException;
import io.kydai.ingest.rtp.packet.Picture;
import io.kydai.ingest.rtp.packet.PictureReceiver;
import io.kydai.ingest.rtp.packet.RtpBytes;
import io.kydai.ingest.rtp.packet.RtpPacket;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.function.Function;

/**
 * Whatever packets a camera sends, they are pictures or they are passed over, or the connection
 * ends by a {@link MediaException}. As ordinary tests these run on their seeds only.
 */
class RtpFuzzTest {
  @FuzzTest(maxDuration = "1m")
  void packet(byte[] input) {
    RtpPacket.parse(Unpooled.wrappedBuffer(input))
        .ifPresent(
            packet -> {
              assertThat(packet.payloadType()).isBetween(0, 127);
              assertThat(packet.sequence()).isBetween(0, 0xffff);
              assertThat(packet.payload().readableBytes()).isBetween(0, input.length - 12);
            });
  }

  @FuzzTest(maxDuration = "1m")
  void h264(byte[] input) {
    pictures(input, H264Depacketizer::new);
  }

  /** The first byte says whether there are decoding order numbers. */
  @FuzzTest(maxDuration = "1m")
  void h265(byte[] input) {
    boolean numbered = input.length > 0 && input[0] < 0;
    pictures(input, receiver -> new H265Depacketizer(receiver, numbered));
  }

  @FuzzTest(maxDuration = "1m")
  void jpeg(byte[] input) {
    PictureReceiver receiver =
        new PictureReceiver() {
          @Override
          public void onParameterSet(byte[] nal) {
            throw new AssertionError("JPEG has none");
          }

          @Override
          public void onPicture(Picture picture) {
            // Its headers come from the tables in RFC 2435, some 620 bytes without those in-band.
            assertThat(picture.data().length).isLessThanOrEqualTo(input.length + 2048);
            JpegSize.of(picture.data());
          }
        };
    depacketize(input, new JpegDepacketizer(receiver, new JpegSize(4096, 2160)));
  }

  @FuzzTest(maxDuration = "1m")
  void aac(byte[] input) throws MediaException {
    long[] bytes = {0};
    FrameReceiver receiver = (timestamp, afterLoss, data) -> bytes[0] += data.length;
    Map<String, String> highRate =
        Map.of("mode", "AAC-hbr", "sizelength", "13", "indexlength", "3", "indexdeltalength", "3");
    depacketize(input, new AacDepacketizer(receiver, highRate));
    assertThat(bytes[0]).isLessThanOrEqualTo(input.length);
  }

  @FuzzTest(maxDuration = "1m")
  void documents(byte[] input) {
    long[] bytes = {0};
    FrameReceiver receiver = (timestamp, afterLoss, data) -> bytes[0] += data.length;
    depacketize(input, new DocumentDepacketizer(receiver));
    assertThat(bytes[0]).isLessThanOrEqualTo(input.length);
  }

  private static void pictures(byte[] input, Function<PictureReceiver, Depacketizer> made) {
    Checked checked = new Checked();
    depacketize(input, made.apply(checked));
    // Each NAL unit gets four bytes of length, and a picture that was cut off may leave twice;
    // nothing else may be added to what came.
    assertThat(checked.bytes).isLessThanOrEqualTo(10L * input.length);
  }

  /**
   * Packets of one byte of flags (1: marker, 2: the next picture's time, 4: something was lost
   * before, 8: long), one or two bytes of length, and the payload.
   */
  private static void depacketize(byte[] input, Depacketizer depacketizer) {
    ByteBuf in = Unpooled.wrappedBuffer(input);
    long timestamp = 0;
    try {
      for (int sequence = 0; in.readableBytes() >= 3; sequence++) {
        int flags = in.readUnsignedByte();
        int length = (flags & 8) == 0 ? in.readUnsignedByte() : in.readUnsignedShort();
        byte[] payload = new byte[Math.min(length, in.readableBytes())];
        in.readBytes(payload);
        timestamp += (flags & 2) == 0 ? 0 : 3600;
        if ((flags & 4) != 0) {
          depacketizer.lost();
        }
        ByteBuf bytes = RtpBytes.packet(sequence & 0xffff, timestamp, (flags & 1) != 0, payload);
        depacketizer.accept(RtpPacket.parse(bytes).orElseThrow());
      }
    } catch (MediaException e) {
      assertThat(e.getMessage()).isNotEmpty();
    }
  }

  /** Looks whether pictures are whole NAL units behind their lengths. */
  private static final class Checked implements PictureReceiver {
    private long bytes;

    @Override
    public void onParameterSet(byte[] nal) {
      assertThat(nal).isNotEmpty();
    }

    @Override
    public void onPicture(Picture picture) {
      bytes += picture.data().length;
      ByteBuffer data = ByteBuffer.wrap(picture.data());
      assertThat(data.hasRemaining()).isTrue();
      while (data.hasRemaining()) {
        int length = data.getInt();
        assertThat(length).isBetween(1, data.remaining());
        data.position(data.position() + length);
      }
    }
  }

  @FuzzTest(maxDuration = "1m")
  void sprop(byte[] input) {
    String value = new String(input, ISO_8859_1);
    assertThat(SpropParameterSets.of(Map.of("sprop-parameter-sets", value)))
        .hasSizeLessThanOrEqualTo(64);
  }
}
