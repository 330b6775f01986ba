package io.kydai.models.plates;

import static org.assertj.core.api.Assertions.assertThat;

import io.kydai.models.SharedData;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

/** How many plates on real pictures are read right. */
class PlateRatesTest {
  private record Labelled(
      PlateImage picture, int left, int top, int width, int height, String text) {}

  private record Rates(int plates, int cropExact, int cropOne, int exact, int fitted) {
    double percent(int count) {
      return 100.0 * count / plates;
    }
  }

  /** The reference read 66 and 96% of 108 European crops, and 68% of them in whole pictures. */
  @Test
  void europeanPlatesAreReadAsOftenAsTheReferenceReadsThem() throws IOException {
    Rates rates = rates("eu", Optional.empty());
    assertThat(rates.percent(rates.cropExact)).isGreaterThanOrEqualTo(64);
    assertThat(rates.percent(rates.cropOne)).isGreaterThanOrEqualTo(94);
    assertThat(rates.percent(rates.exact)).isGreaterThanOrEqualTo(66);
  }

  /** The reference read 95% of 113 in whole pictures; here are twelve of them. */
  @Test
  void aCountrysFormatTurnsNearlyRightIntoRight() throws IOException {
    Rates rates = rates("br", Optional.of(PlateFormat.BRAZIL));
    assertThat(rates.percent(rates.exact)).isGreaterThanOrEqualTo(90);
    assertThat(rates.fitted).isGreaterThanOrEqualTo(rates.exact);
  }

  private static Rates rates(String set, Optional<PlateFormat> format) throws IOException {
    List<Labelled> all = labelled(SharedData.require("plates/" + set));
    int cropExact = 0;
    int cropOne = 0;
    int exact = 0;
    int fitted = 0;
    try (PlateModel model = PlateModel.load();
        TwoStageReader reader = (TwoStageReader) model.newReader()) {
      for (Labelled plate : all) {
        PlateImage picture = plate.picture;
        PlateImage crop =
            picture.part(plate.left, plate.top, plate.left + plate.width, plate.top + plate.height);
        int wrong = distance(reader.line(crop).text(), plate.text);
        cropExact += wrong == 0 ? 1 : 0;
        cropOne += wrong <= 1 ? 1 : 0;
        List<String> read =
            reader
                .read(ByteBuffer.wrap(picture.pixels()), picture.width(), picture.height())
                .stream()
                .map(PlateReading::text)
                .toList();
        exact += read.contains(plate.text) ? 1 : 0;
        boolean fits =
            read.stream()
                .flatMap(text -> format.flatMap(known -> known.fit(text)).stream())
                .anyMatch(fit -> fit.text().equals(plate.text));
        fitted += fits ? 1 : 0;
      }
    }
    Rates rates = new Rates(all.size(), cropExact, cropOne, exact, fitted);
    System.out.println(set + ": " + rates);
    return rates;
  }

  private static List<Labelled> labelled(Path folder) throws IOException {
    List<Labelled> found = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".txt")).sorted().toList()) {
        String[] words = Files.readString(file).strip().split("\t");
        found.add(
            new Labelled(
                picture(folder.resolve(words[0])),
                Integer.parseInt(words[1]),
                Integer.parseInt(words[2]),
                Integer.parseInt(words[3]),
                Integer.parseInt(words[4]),
                words[5]));
      }
    }
    return found;
  }

  private static PlateImage picture(Path file) throws IOException {
    BufferedImage read = ImageIO.read(file.toFile());
    BufferedImage bgr =
        new BufferedImage(read.getWidth(), read.getHeight(), BufferedImage.TYPE_3BYTE_BGR);
    bgr.getGraphics().drawImage(read, 0, 0, null);
    return new PlateImage(
        bgr.getWidth(),
        bgr.getHeight(),
        ((DataBufferByte) bgr.getRaster().getDataBuffer()).getData());
  }

  /** Levenshtein's. */
  static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int corner = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int above = row[j];
        int replaced = corner + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(replaced, 1 + Math.min(row[j - 1], above));
        corner = above;
      }
    }
    return row[b.length()];
  }
}
