package io.kydai.analytics.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.kydai.analytics.alert.Alert;
import io.kydai.analytics.alert.AlertId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Real clips before the rule: as they are, harmlessly changed, and tampered with. */
class TamperFootageTest {
  @ParameterizedTest
  @FieldSource("io.kydai.analytics.health.Footage#CLIPS")
  void aCameraAsItIsIsNotTamperedWith(String name) {
    Footage clip = Footage.of(name, 200);
    try (Projector projector = new Projector(2, Map.of())) {
      projector.show(120, clip::at);
      assertThat(projector.alerts).isEmpty();
    }
  }

  @Test
  void tamperingIsToldOnceWithItsReasonAndWhatIsHarmlessIsNot() {
    Footage clip = Footage.of("clips/pets09-s2l1_vtest.avi", 25);
    for (Scenario scenario : Scenario.all(Footage.another(clip))) {
      List<Alert> alerts = scenario.play(clip, 1);
      if (scenario.expected().isEmpty()) {
        assertThat(alerts).as(scenario.name()).isEmpty();
        continue;
      }
      assertThat(alerts).as(scenario.name()).extracting(Alert::id).containsOnly(AlertId.of("a1"));
      assertThat(alerts)
          .as(scenario.name())
          .extracting(Alert::phase)
          .startsWith(Alert.Phase.OPENED)
          .endsWith(Alert.Phase.CLOSED);
      assertThat(alerts.get(0).finding().reason())
          .as(scenario.name())
          .startsWith("camera " + scenario.expected().get().label())
          .contains("normal", "limit");
    }
  }

  @Test
  void aNewViewIsAcceptedInTheEndAndADarkCameraNever() {
    Footage clip = Footage.of("clips/pets09-s2l1_vtest.avi", 25);
    List<Grey> moved = clip.pictures().stream().map(grey -> grey.shift(0.2, 0)).toList();
    List<Grey> dark = clip.pictures().stream().map(grey -> grey.curve(v -> 17)).toList();
    Footage aside = new Footage("aside", moved);
    Footage night = new Footage("night", dark);
    try (Projector projector = new Projector(1, Map.of("accept", "2m"))) {
      projector.show(90, clip::at).show(150, aside::at);
      assertThat(projector.alerts).last().extracting(Alert::phase).isEqualTo(Alert.Phase.CLOSED);
      int soFar = projector.alerts.size();
      projector.show(60, aside::at);
      assertThat(projector.alerts).hasSize(soFar);
      projector.show(200, night::at);
      assertThat(projector.alerts)
          .last()
          .satisfies(alert -> assertThat(alert.phase()).isNotEqualTo(Alert.Phase.CLOSED))
          .satisfies(alert -> assertThat(alert.finding().reason()).startsWith("camera dark"));
    }
  }

  /** Otherwise a camera that was turned could neither freeze nor see night fall any more. */
  @Test
  void whatIsNotAskedForIsGotUsedToAndHidesNothing() {
    Footage clip = Footage.of("clips/pets09-s2l1_vtest.avi", 25);
    Footage aside =
        new Footage("aside", clip.pictures().stream().map(grey -> grey.shift(0.2, 0)).toList());
    try (Projector projector =
        new Projector(1, Map.of("reasons", List.of("frozen", "dark"), "for", "20s"))) {
      projector.show(90, clip::at).show(900, aside::at);
      assertThat(projector.alerts).isEmpty();
      Grey same = aside.at(0);
      projector.show(120, number -> same);
      assertThat(projector.alerts).hasSizeGreaterThan(0);
      assertThat(projector.alerts.get(0).finding().reason()).startsWith("camera frozen");
      projector.show(60, aside::at);
      int soFar = projector.alerts.size();
      projector.show(900, number -> night(aside.at(number), (number - 1170) / 900.0, number));
      assertThat(projector.alerts).as("night falls").hasSize(soFar);
    }
  }

  /**
   * @param part of the dusk that is over
   */
  private static Grey night(Grey grey, double part, int number) {
    double light = Math.pow(1 / 40.0, part);
    return grey.curve(v -> (int) (16 + Math.max(0, v - 16) * light)).noise(2, number);
  }

  @Test
  void onlyTheReasonsThatAreAskedForAreTold() {
    Footage clip = Footage.of("clips/pets09-s2l1_vtest.avi", 25);
    Footage blurred =
        new Footage("blurred", clip.pictures().stream().map(grey -> grey.blur(8)).toList());
    try (Projector projector =
        new Projector(1, Map.of("reasons", List.of("covered", "dark"), "for", "5s"))) {
      projector.show(60, clip::at).show(40, blurred::at);
      assertThat(projector.alerts).isEmpty();
      projector.show(10, number -> clip.at(number).hand(number));
      assertThat(projector.alerts).hasSizeGreaterThan(0);
      assertThat(projector.alerts.get(0).finding().reason()).startsWith("camera covered");
    }
  }
}
