package io.kydai.models.plates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Vietnam's motorbikes have two lines; no data set of them is at hand, so these are drawn. */
class TwoLinePlateTest {
  @Test
  void bothLinesOfADrawnMotorbikesPlateAreOneReading() {
    List<PlateReading> readings = read(drawn("59-X1", "123.45"));
    assertThat(readings)
        .filteredOn(reading -> reading.lines() == 2)
        .extracting(PlateReading::text)
        .contains("59X112345");
    assertThat(PlateFormat.VIETNAM.fit("59X112345")).isPresent();
  }

  @Test
  void aPictureWithoutTextHasNoPlate() {
    assertThat(read(drawn("", ""))).isEmpty();
  }

  @Test
  void picturesOfNoSizeAndTooFewBytesAreRefused() {
    try (PlateModel model = PlateModel.load();
        PlateReader reader = model.newReader()) {
      ByteBuffer few = ByteBuffer.allocate(10);
      assertThatThrownBy(() -> reader.read(few, 4, 100)).hasMessageContaining("8 to 8192");
      assertThatThrownBy(() -> reader.read(few, 100, 100)).hasMessageContaining("30000 bytes");
    }
  }

  private static List<PlateReading> read(BufferedImage image) {
    byte[] bytes = ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
    try (PlateModel model = PlateModel.load();
        PlateReader reader = model.newReader()) {
      return reader.read(ByteBuffer.wrap(bytes), image.getWidth(), image.getHeight());
    }
  }

  private static BufferedImage drawn(String upper, String lower) {
    BufferedImage image = new BufferedImage(480, 360, BufferedImage.TYPE_3BYTE_BGR);
    Graphics2D graphics = image.createGraphics();
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    graphics.setColor(new Color(70, 80, 75));
    graphics.fillRect(0, 0, 480, 360);
    graphics.setColor(new Color(235, 235, 235));
    graphics.fillRect(150, 110, 190, 140);
    graphics.setColor(new Color(20, 20, 20));
    graphics.setFont(new Font(Font.SANS_SERIF, Font.BOLD, 52));
    graphics.drawString(upper, 172, 168);
    graphics.drawString(lower, 160, 232);
    graphics.dispose();
    return image;
  }
}
