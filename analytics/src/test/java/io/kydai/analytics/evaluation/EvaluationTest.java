package io.kydai.analytics.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kydai.analytics.evaluation.AlertScore.Happening;
import io.kydai.analytics.evaluation.AlertScore.Told;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvaluationTest {
  private static final List<Happening> TWO = List.of(new Happening(10, 20), new Happening(40, 50));

  @Test
  void oneAlertForEachHappeningIsPerfect() {
    AlertScore score = score(new Told(11, 20, 14), new Told(40, 52, 43));
    assertThat(score).isEqualTo(new AlertScore(2, 2, 0, 0, List.of(4.0, 3.0)));
    assertThat(score.precision()).hasValue(1);
    assertThat(score.recall()).hasValue(1);
  }

  @Test
  void theSecondAlertOfOneHappeningIsADuplicateAndCountsAgainstPrecision() {
    AlertScore score = score(new Told(16, 20, 17), new Told(10, 15, 12));
    // That with more time in common answers; which of them came first does not matter.
    assertThat(score).isEqualTo(new AlertScore(2, 1, 1, 0, List.of(2.0)));
    assertThat(score.precision()).hasValue(0.5);
    assertThat(score.recall()).hasValue(0.5);
  }

  @Test
  void anAlertOverTwoHappeningsAnswersOneOfThem() {
    AlertScore score = score(new Told(10, 50, 12));
    assertThat(score.answered()).isEqualTo(1);
    assertThat(score.duplicates()).isZero();
  }

  @Test
  void twoAlertsAreGivenSoThatBothHappeningsAreAnswered() {
    // The long one shares more with the first, but only it reaches the second.
    assertThat(score(new Told(9, 41, 12), new Told(19, 20, 19.5)).answered()).isEqualTo(2);
  }

  @Test
  void anAlertBeyondTheSlackIsFalse() {
    assertThat(score(new Told(20.9, 22, 22)).wrong()).isZero();
    assertThat(score(new Told(21.1, 22, 22)).wrong()).isEqualTo(1);
  }

  @Test
  void whereNothingHappenedOrWasToldThereIsNoShare() {
    AlertScore nothing = AlertScore.of(List.of(), List.of(), 1);
    assertThat(nothing.precision()).isEmpty();
    assertThat(nothing.recall()).isEmpty();
    assertThat(AlertScore.of(List.of(), List.of(new Told(1, 2, 2)), 1).precision()).hasValue(0);
  }

  @Test
  void errorsOfCountsDoNotCancel() {
    CountScore score =
        CountScore.of(List.of(new CountScore.Pair(18, 17), new CountScore.Pair(14, 15)));
    assertThat(score).isEqualTo(new CountScore(32, 32, 2));
    assertThat(score).hasToString("counted 32 of 32, error 2 (6.3 %)");
  }

  @Test
  void filesOfAnalyzeAreReadAndCompared(@TempDir Path folder) throws IOException {
    Path events =
        Files.writeString(
            folder.resolve("events.json"),
            "{\"clip\": \"x\", \"alerts\": {\"a\": [[1, 5]], \"quiet\": []},"
                + " \"counts\": {\"v\": [2, 1]}}");
    Path alerts =
        Files.writeString(
            folder.resolve("alerts.json"),
            "[{\"rule\": \"a\", \"type\": \"stopped\", \"start\": 1.5, \"end\": 5, \"opened\": 3},"
                + "{\"rule\": \"quiet\", \"start\": 1, \"end\": 2, \"opened\": 2}]");
    Path counts =
        Files.writeString(
            folder.resolve("counts.json"),
            "{\"lines\": [{\"id\": \"v\", \"forward\": 2, \"backward\": 3}]}");
    assertThat(Main.run(List.of("alerts", events.toString(), alerts.toString())).lines())
        .anyMatch(line -> line.matches("a +1 +1 +1.00 +1.00 +0 +0 +2.0 s +2.0 s"))
        .anyMatch(line -> line.matches("quiet +0 +1 +0.00 +- +0 +1 +- +-"))
        .anyMatch(line -> line.matches("all +1 +2 +0.50 +1.00 +0 +1 +2.0 s +2.0 s"));
    assertThat(Main.run(List.of("counts", events.toString(), counts.toString())))
        .contains("counted 5 of 3, error 2");
  }

  @Test
  void whatIsWrongInAnEventListIsSaid(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("e.json"), "{\"alerts\": {\"a\": [[1]]}}");
    assertThatThrownBy(() -> EventList.read(file))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("e.json: alerts.a");
    Files.writeString(file, "{\"alerts\": {\"a\": [[9, 1]]}}");
    assertThatThrownBy(() -> EventList.read(file)).hasMessageContaining("not end before");
  }

  private static AlertScore score(Told... alerts) {
    return AlertScore.of(TWO, List.of(alerts), 1);
  }

  @Test
  void suggestedLanesAreHeldAgainstDrawnOnes() {
    String drawn =
        """
            {"lanes": [
              {"id": "east", "polygon": [[0, 0.2], [1, 0.2], [1, 0.4], [0, 0.4]],
               "direction": [[0.1, 0.3], [0.9, 0.3]]},
              {"id": "west", "polygon": [[0, 0.6], [1, 0.6], [1, 0.8], [0, 0.8]],
               "direction": [[0.9, 0.7], [0.1, 0.7]]}]}""";
    String found =
        """
            {"lanes": [{"zone": {"id": "lane-1",
              "polygon": [[0, 0.2], [0.5, 0.2], [0.5, 0.4], [0, 0.4]],
              "direction": [[0.1, 0.1], [0.3, 0.3]]}}]}""";
    List<LaneScore> scores = LaneScore.of(drawn, found, 1);
    assertThat(scores.get(0).iou()).isEqualTo(0.5);
    assertThat(scores.get(0).within()).isEqualTo(1);
    assertThat(scores.get(0).angle()).isCloseTo(45, org.assertj.core.api.Assertions.within(1e-9));
    assertThat(scores.get(1).suggested()).isEmpty();
    assertThat(scores.get(1).iou()).isZero();
  }
}
