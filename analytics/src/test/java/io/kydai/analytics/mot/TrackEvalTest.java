package io.kydai.analytics.mot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.kydai.ingest.SharedData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;

/** Our measures against the figures that TrackEval prints for the same files, to six digits. */
class TrackEvalTest {
  private static final double EXACT = 1.5e-6; // the file has six digits

  @Test
  void everyFigureOfTheReferenceIsReproduced() throws IOException {
    Path expected = SharedData.assumeThere("mot/EXPECTED_trackeval_12c8791.tsv");
    List<String> lines = Files.readAllLines(expected);
    String[] names = lines.get(0).split("\t");
    SoftAssertions all = new SoftAssertions();
    for (String line : lines.subList(1, lines.size())) {
      String[] cells = line.split("\t");
      MotScore score = score(cells[0], cells[1], cells[2]);
      for (int i = 3; i < cells.length; i++) {
        all.assertThat(figure(score, names[i]))
            .as("%s of %s on %s", names[i], cells[1], cells[2])
            .isCloseTo(Double.parseDouble(cells[i]), within(EXACT));
      }
    }
    all.assertAll();
    assertThat(lines).hasSizeGreaterThan(8);
  }

  private static MotScore score(String benchmark, String tracker, String sequence) {
    return MotScore.of(
        MotData.read(SharedData.assumeThere("mot/" + benchmark + "/" + sequence + "/gt.txt")),
        MotData.read(
            SharedData.assumeThere("mot/tracker-results/" + tracker + "/" + sequence + ".txt")),
        MotPairs.Rules.valueOf(benchmark));
  }

  private static double figure(MotScore score, String name) {
    return switch (name) {
      case "HOTA" -> score.hota().hota();
      case "DetA" -> score.hota().detection();
      case "AssA" -> score.hota().association();
      case "LocA" -> score.hota().location();
      case "MOTA" -> score.clear().mota();
      case "MOTP_sim" -> score.clear().motp();
      case "IDF1" -> score.identity().idf1();
      case "IDP" -> score.identity().precision();
      case "IDR" -> score.identity().recall();
      case "Recall" -> score.clear().recall();
      case "Precision" -> score.clear().precision();
      case "TP" -> score.clear().tp();
      case "FN" -> score.clear().fn();
      case "FP" -> score.clear().fp();
      case "IDSW" -> score.clear().switches();
      case "Frag" -> score.clear().fragments();
      case "MT" -> score.clear().mostly();
      case "PT" -> score.clear().partly();
      case "ML" -> score.clear().lost();
      case "IDTP" -> score.identity().tp();
      case "IDFN" -> score.identity().fn();
      case "IDFP" -> score.identity().fp();
      default -> throw new IllegalArgumentException(name);
    };
  }

  /** The figures that py-motmetrics prints for the same results in its README (CEM's tracker). */
  @Test
  void theOtherReferenceAgrees() {
    MotScore score = score("MOT15", "mm-sample", "TUD-Campus");
    assertThat(score.identity().idf1()).isCloseTo(0.558, within(5e-4));
    assertThat(score.clear().mota()).isCloseTo(0.526, within(5e-4));
    assertThat(1 - score.clear().motp()).isCloseTo(0.277, within(5e-4)); // a distance there
    assertThat(score.clear().fragments()).isEqualTo(7);
  }

  @Test
  void anIdThatComesTwiceOnAFrameIsRefusedWithItsPlace() {
    MotData.Entry entry = new MotData.Entry(4, 0, 0, 10, 10, 1, -1);
    TreeMap<Integer, List<MotData.Entry>> frames = new TreeMap<>();
    frames.put(12, List.of(entry, entry));
    assertThatThrownBy(() -> MotScore.of(new TreeMap<>(), frames, MotPairs.Rules.MOT15))
        .hasMessage("id 4 comes twice on frame 12");
  }

  @Test
  void nothingFoundIsNothingRight() {
    TreeMap<Integer, List<MotData.Entry>> truth = new TreeMap<>();
    truth.put(1, List.of(new MotData.Entry(4, 0, 0, 10, 10, 1, -1)));
    MotScore score = MotScore.of(truth, new TreeMap<>(), MotPairs.Rules.MOT15);
    assertThat(score.clear().mota()).isZero();
    assertThat(score.identity().idf1()).isZero();
    assertThat(score.hota().hota()).isZero();
  }
}
