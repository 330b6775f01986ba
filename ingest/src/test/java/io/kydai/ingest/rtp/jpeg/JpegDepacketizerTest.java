package io.kydai.ingest.rtp.jpeg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kydai.ingest.rtp.VideoReceiver;
import io.kydai.ingest.rtp.packet.CollectedPictures;
import io.kydai.ingest.rtp.packet.MediaException;
import io.kydai.ingest.rtp.packet.Picture;
import io.kydai.ingest.rtp.packet.RtpBytes;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.plugins.jpeg.JPEGQTable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class JpegDepacketizerTest {
  private static final String TABLES = "10".repeat(64) + "20".repeat(64);

  private final CollectedPictures collected = new CollectedPictures();
  private VideoReceiver receiver = receiver(null);
  private int sequence;

  private VideoReceiver receiver(@Nullable JpegSize described) {
    return new VideoReceiver(96, new JpegDepacketizer(collected, described));
  }

  private void packet(long timestamp, boolean marker, String payload) throws MediaException {
    receiver.rtp(RtpBytes.packet(sequence++, timestamp, marker, payload));
  }

  /** A payload's main header for 16 by 8 pixels. */
  private static String header(int offset, int type, int quality) {
    return String.format("00%06x%02x%02x0201", offset, type, quality);
  }

  @Test
  void fragmentsMakeAFileWithItsSizeTablesAndEnd() throws Exception {
    packet(0, false, header(0, 1, 255) + "00000080" + TABLES + "aabb");
    packet(0, true, header(2, 1, 255) + "ccdd");
    Picture picture = collected.pictures.get(0);
    String file = HexFormat.of().formatHex(picture.data());
    assertThat(picture.keyFrame()).isTrue();
    assertThat(file).startsWith("ffd8ffe0").endsWith("003f00aabbccddffd9");
    assertThat(file).contains("ffdb004300" + "10".repeat(64), "ffdb004301" + "20".repeat(64));
    assertThat(JpegSize.of(picture.data())).contains(new JpegSize(16, 8));
  }

  /** The tables of a quality are those that the JDK's own encoder would take. */
  @Test
  void tablesOfAQualityAreThoseOfTheStandardScaled() {
    for (int quality : new int[] {1, 25, 50, 75, 99}) {
      byte[] tables = JpegHeaders.tables(quality).tables().get(0);
      float scale = quality < 50 ? 50f / quality : 2 - quality / 50f;
      int[] natural = JPEGQTable.K1Luminance.getScaledInstance(scale, true).getTable();
      int[] places = {0, 1, 8, 16, 9, 2, 3, 10, 17, 24, 32, 25, 18, 11, 4};
      for (int i = 0; i < places.length; i++) {
        assertThat(tables[i] & 0xff)
            .isCloseTo(natural[places[i]], org.assertj.core.data.Offset.offset(1));
      }
      assertThat(tables).hasSize(64);
    }
  }

  /** What the JDK encoded comes back as the same pixels when only its scan was sent. */
  @Test
  void aRealPictureSentByItsQualityAloneIsDecodedAsBefore() throws Exception {
    BufferedImage image = new BufferedImage(64, 48, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < 48; y++) {
      for (int x = 0; x < 64; x++) {
        image.setRGB(x, y, x * 4 << 16 | y * 5 << 8 | (x ^ y));
      }
    }
    byte[] file = encoded(image, 0.5f);
    BufferedImage before = ImageIO.read(new ByteArrayInputStream(file));
    int scan = 0;
    while (file[scan] != (byte) 0xff || file[scan + 1] != (byte) 0xda) {
      scan++;
    }
    byte[] data = Arrays.copyOfRange(file, scan + 14, file.length - 2);
    // Encoders of the JDK quarter colours (type 1), and 0.5 stands for the tables as they are.
    String hex = HexFormat.of().formatHex(data);
    packet(0, false, "00000000" + "01320806" + hex.substring(0, 100));
    packet(0, true, "00000032" + "01320806" + hex.substring(100));
    BufferedImage after = ImageIO.read(new ByteArrayInputStream(collected.pictures.get(0).data()));
    for (int y = 0; y < 48; y++) {
      for (int x = 0; x < 64; x++) {
        assertThat(after.getRGB(x, y)).isEqualTo(before.getRGB(x, y));
      }
    }
  }

  private static byte[] encoded(BufferedImage image, float quality) throws Exception {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    ImageWriteParam how = writer.getDefaultWriteParam();
    how.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
    how.setCompressionQuality(quality);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (var out = ImageIO.createImageOutputStream(bytes)) {
      writer.setOutput(out);
      writer.write(null, new IIOImage(image, null, null), how);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }

  @Test
  void tablesAreKeptForTheirQuality() throws Exception {
    packet(0, true, header(0, 0, 200) + "00000080" + TABLES + "aa");
    packet(1, true, header(0, 0, 200) + "00000000" + "bb");
    packet(2, true, header(0, 0, 201) + "00000000" + "cc");
    packet(3, true, header(0, 0, 200) + "00000000" + "dd");
    assertThat(collected.pictures).extracting(Picture::timestamp).containsExactly(0L, 1L, 3L);
    assertThat(collected.pictures)
        .extracting(Picture::afterLoss)
        .containsExactly(false, false, true);
    assertThat(HexFormat.of().formatHex(collected.pictures.get(1).data()))
        .contains("20".repeat(64));
  }

  @Test
  void restartIntervalsAreWritten() throws Exception {
    packet(0, true, header(0, 65, 50) + "0004ffff" + "aa");
    assertThat(collected.found.get(0)).contains("ffdd00040004");
  }

  @Test
  void aPictureWithAHoleIsDroppedAndTheNextSaysSo() throws Exception {
    packet(0, false, header(0, 1, 50) + "aa");
    packet(0, true, header(2, 1, 50) + "bb");
    packet(1, true, header(7, 1, 50) + "cc");
    packet(2, false, header(0, 1, 50) + "dd");
    packet(3, true, header(0, 1, 50) + "ee");
    sequence++;
    packet(4, true, header(0, 1, 50) + "ff");
    packet(5, true, "0000");
    packet(6, false, header(0, 1, 50) + "aaffd9");
    packet(7, true, header(0, 1, 50) + "bb");
    assertThat(collected.pictures).extracting(Picture::timestamp).containsExactly(3L, 4L, 6L, 7L);
    assertThat(collected.pictures)
        .extracting(Picture::afterLoss)
        .containsExactly(true, true, true, false);
  }

  @Test
  void largePicturesHaveTheSizeOfTheDescription() throws Exception {
    receiver = receiver(JpegSize.described(Map.of("framesize", "2560-1440")).orElseThrow());
    packet(0, true, "00000000" + "01320000" + "aa");
    assertThat(JpegSize.of(collected.pictures.get(0).data())).contains(new JpegSize(2560, 1440));
    assertThat(JpegSize.described(Map.of("x-dimensions", "2592,1944")))
        .contains(new JpegSize(2592, 1944));
    assertThat(JpegSize.described(Map.of("framesize", "99999-2"))).isEmpty();
    receiver = receiver(null);
    assertThatThrownBy(() -> packet(1, true, "00000000" + "01320000" + "aa"))
        .isInstanceOf(MediaException.class)
        .hasMessageContaining("does not describe its size");
  }

  @Test
  void whatCannotBeShownIsNamed() {
    assertThatThrownBy(() -> packet(0, true, header(0, 2, 50) + "aa"))
        .hasMessageContaining("RTP type 2");
  }

  private String file(int index) {
    return HexFormat.of().formatHex(collected.pictures.get(index).data());
  }

  @Test
  void ofMoreTablesThanAreReferredToTheFirstTwoAreTaken() throws Exception {
    String light = "10".repeat(64);
    String colour = "20".repeat(64);
    String third = "30".repeat(64);
    packet(0, true, header(0, 1, 128) + "000000c0" + light + colour + third + "aa");
    packet(1, true, header(0, 1, 255) + "00000100" + light + colour + third + third + "aa");
    packet(2, true, header(0, 1, 255) + "00000041" + light + "ff" + "aa");
    packet(3, true, header(0, 1, 255) + "0000003f" + light.substring(2) + "aa");
    assertThat(collected.pictures).extracting(Picture::timestamp).containsExactly(0L, 1L, 2L);
    for (int i = 0; i < 2; i++) {
      assertThat(file(i))
          .contains("ffdb004300" + light + "ffdb004301" + colour + "ffc0")
          .contains("012200" + "021101" + "031101");
    }
    // One table is for light and colour alike.
    assertThat(file(2)).contains("ffdb004300" + light + "ffc0", "021100" + "031100");
  }

  @Test
  void tablesOf16BitsAreNarrowedWhereTheirEntriesFit() throws Exception {
    String fits = "0010".repeat(64);
    String large = "0110".repeat(64);
    String bytes = "20".repeat(64);
    packet(0, true, header(0, 1, 255) + "00010080" + fits + "aa");
    packet(1, true, header(0, 1, 255) + "00030100" + fits + large + "aa");
    packet(2, true, header(0, 1, 255) + "000200c0" + bytes + large + "aa");
    packet(3, true, header(0, 1, 255) + "000100c0" + large + bytes + "aa");
    String narrow = "10".repeat(64);
    assertThat(file(0)).contains("ffdb004300" + narrow + "ffc0");
    assertThat(file(1)).contains("ffdb004300" + narrow + "ffdb008311" + large);
    assertThat(file(2)).contains("ffdb004300" + bytes + "ffdb008311" + large);
    assertThat(file(3)).contains("ffdb008310" + large + "ffdb004301" + bytes);
  }

  @Test
  void reservedQualitiesAreTakenForTheNearestKnown() throws Exception {
    packet(0, true, header(0, 1, 0) + "aa");
    packet(1, true, header(0, 1, 1) + "aa");
    packet(2, true, header(0, 1, 99) + "aa");
    packet(3, true, header(0, 1, 127) + "aa");
    assertThat(file(0)).isEqualTo(file(1));
    assertThat(file(3)).isEqualTo(file(2)).isNotEqualTo(file(1));
  }
}
