package io.kydai.models.head;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class QuantisedNormalisationTest {
  private static final int COUNT = 3000; // pixels, more than are copied at once

  private final DetectorHead head = new QuantisedNanoDetHead(List.of("person"));
  private final Quantisation quantisation = head.inputBytes().orElseThrow();

  @Test
  void bytesAreTheNearestToNormalisedValues() {
    byte[] bytes = new byte[3 * COUNT + 5];
    new Random(5).nextBytes(bytes);
    ByteBuffer pixels = ByteBuffer.wrap(bytes).position(5);
    FloatBuffer planes = FloatBuffer.allocate(3 * COUNT);
    ByteBuffer quantised = ByteBuffer.allocateDirect(3 * COUNT);
    Normalisation.Scratch scratch = new Normalisation.Scratch();
    head.normalisation().apply(pixels, planes, COUNT, scratch);
    head.normalisation().quantised(quantisation).apply(pixels, quantised, COUNT, scratch);
    for (int i = 0; i < COUNT; i++) {
      for (int channel = 0; channel < 3; channel++) {
        double steps = planes.get(channel * COUNT + i) / 0.018658447265625;
        int nearest = (int) Math.rint(Math.max(-114, Math.min(141, steps))) + 114;
        assertThat(quantised.get(3 * i + channel) & 0xff).isEqualTo(nearest);
      }
    }
    assertThat(pixels.position()).isEqualTo(5);
  }

  @Test
  void valuesBeyondTheBytesAreTheOutermost() {
    assertThat(quantisation.nearest(-3)).isEqualTo((byte) 0);
    assertThat(quantisation.nearest(3)).isEqualTo((byte) 255);
    assertThat(new Quantisation(1, 10).nearest(2.5f)).isEqualTo((byte) 12);
  }

  @Test
  void theHeadsQuantisationIsThatOfTheListThatTheFileIsMadeFrom() throws IOException {
    Path list = Path.of("..", "scripts", "make", "nanodet-g-int8.scales.txt");
    String image =
        Files.readAllLines(list).stream()
            .filter(l -> l.startsWith("image "))
            .findFirst()
            .orElseThrow();
    String[] words = image.split(" ");
    assertThat(quantisation)
        .isEqualTo(new Quantisation(Float.parseFloat(words[1]), Integer.parseInt(words[2])));
  }

  @Test
  void planesInTheOrderOfRedHaveNoBytes() {
    assertThatThrownBy(() -> Normalisation.unitRgb().quantised(quantisation))
        .isInstanceOf(IllegalStateException.class);
  }
}
