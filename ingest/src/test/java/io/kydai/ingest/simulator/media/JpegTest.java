package io.kydai.ingest.simulator.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.kydai.ingest.simulator.JpegPictures;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class JpegTest {
  @Test
  void payloads_hold_tables_once_restart_headers_always_and_the_whole_scan() throws IOException {
    byte[] picture = JpegPictures.withRestartMarkers(1);
    Jpeg jpeg = Jpeg.parse(picture);
    assertThat(jpeg.restart()).isEqualTo(4);
    List<byte[]> payloads = JpegPayloads.of(picture, Packetization.FRAGMENTS);
    assertThat(payloads).hasSizeGreaterThan(1).allMatch(payload -> payload.length <= 1400);
    ByteArrayOutputStream scan = new ByteArrayOutputStream();
    for (int i = 0; i < payloads.size(); i++) {
      ByteBuffer payload = ByteBuffer.wrap(payloads.get(i));
      assertThat(payload.getInt(0)).as("offset").isEqualTo(scan.size());
      assertThat(payload.get(4)).as("4:2:0 with restart markers").isEqualTo((byte) 65);
      assertThat(payload.get(5)).as("Q").isEqualTo((byte) 255);
      assertThat(payload.get(6)).as("width / 8").isEqualTo((byte) 80);
      assertThat(payload.get(7)).as("height / 8").isEqualTo((byte) 60);
      assertThat(payload.getInt(8)).as("restart header").isEqualTo(4 << 16 | 0xffff);
      int head = i == 0 ? 12 + 4 + 128 : 12;
      scan.write(payloads.get(i), head, payloads.get(i).length - head);
    }
    assertThat(scan.toByteArray()).isEqualTo(jpeg.scan());
    assertThat(Arrays.copyOfRange(payloads.get(0), 16, 16 + 128)).isEqualTo(jpeg.tables());
  }

  @Test
  void what_rfc_2435_cannot_carry_is_refused_and_named() throws IOException {
    refused(picture(64, 48, BufferedImage.TYPE_BYTE_GRAY), "three components");
    refused(picture(2048, 16, BufferedImage.TYPE_3BYTE_BGR), "2048x16");
    byte[] good = picture(64, 48, BufferedImage.TYPE_3BYTE_BGR);
    assertThat(Clip.of(good).format()).isEqualTo(Clip.Format.MJPEG);
    refused(Arrays.copyOf(good, good.length - 2), "cut off");
    refused(changed(good, 0xc0, 0, 0xc2), "not baseline");
    // The first Huffman table's last value.
    refused(changed(good, 0xc4, 20, 77), "-huffman default");
  }

  private static void refused(byte[] stream, String why) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Clip.of(stream))
        .withMessageContaining(why);
  }

  private static byte[] picture(int width, int height, int type) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageIO.write(new BufferedImage(width, height, type), "jpeg", bytes);
    return bytes.toByteArray();
  }

  /** A picture with one byte changed, so far behind the second byte of a marker. */
  private static byte[] changed(byte[] picture, int marker, int behind, int value) {
    byte[] copy = picture.clone();
    for (int i = 0; i + 1 < copy.length; i++) {
      if ((copy[i] & 0xff) == 0xff && (copy[i + 1] & 0xff) == marker) {
        copy[i + 1 + behind] = (byte) value;
        return copy;
      }
    }
    throw new IllegalArgumentException("no such marker");
  }
}
