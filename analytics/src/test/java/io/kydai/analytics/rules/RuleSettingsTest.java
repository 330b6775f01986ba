package io.kydai.analytics.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kydai.analytics.alert.AlertId;
import io.kydai.analytics.rules.settings.InvalidRuleException;
import io.kydai.analytics.rules.settings.RuleSpec;
import io.kydai.ingest.source.CameraId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RuleSettingsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "line-count| |line|needs 'line'",
        "line-count|line=w|line|there is no line 'w' in the scene; it has: v",
        "line-count|line=v;colour=red|colour|it has: classes, cool-down, line, min-age, min-score, schedule",
        "line-count|line=v;classes=persons|classes|names of COCO classes",
        "crowding|zone=z|people|needs 'people'",
        "crowding|zone=y;people=3|zone|there is no zone 'y' in the scene; it has: z",
        "crowding|zone=z;people=many|people|a whole number from 1 to 1000",
        "crowding|zone=z;people=#2.5|people|a whole number from 1 to 1000",
        "crowding|zone=z;people=#0|people|a whole number from 1 to 1000",
        "crowding|zone=z;people=#3;for=soon|for|a duration of 0 to 7 days such as 3s",
        "crowding|zone=z;people=#3;for=#-1|for|a duration of 0 to 7 days such as 3s",
        "tamper|reasons=stolen|reasons|one or more of [dark, covered, defocused, moved, frozen]",
        "signal-lost|for=soon|for|a duration of 0 to 7 days such as 3s",
        "stopped|zone=z;for=900h|for|a duration of 0 to 7 days such as 3s",
        "wrong-way|line=v;allowed=left|allowed|forward or backward",
        "wrong-way|line=v|allowed|forward or backward",
        "intrusion|zone=z;schedule=night|schedule|22:00-05:00",
        "intrusion|zone=z;schedule=25:00-05:00|schedule|22:00-05:00",
        "intrusion|zone=z;schedule=mo-fr 20:00-05:00|schedule|22:00-05:00",
        "intrusion|zone=z;timezone=Saigon|timezone|Asia/Ho_Chi_Minh",
        "stopped|zone=z;min-score=#2|min-score|a number from 0 to 1",
        "speeding|zone=z;limit=#50|type|add 'calibration' to the scene",
        "turning-movements|origins=z;destinations=y|destinations|there is no zone 'y'",
        "queue-length|zone=z|vehicles|needs 'vehicles'",
        "crowding|zone=z;density=#1|type|add 'calibration' to the scene",
        "red-light|line=v;signal=s1|signal|there is no zone 's1' with 'use: signal' in the scene; draw one",
        "red-light|line=v;signal=z|signal|there is no zone 'z' with 'use: signal'",
        "red-light|line=v;signal=s1;external=yes|external|true or false",
        "tailgating|zone=z|type|crowding, gathering, illegal-parking, incident"
      })
  void aWrongSettingIsNamedWithWhatWouldBeRight(
      String type, String settings, String key, String message) {
    assertThatThrownBy(() -> engine(type, map(settings)))
        .isInstanceOfSatisfying(InvalidRuleException.class, e -> assertThat(e.key()).isEqualTo(key))
        .hasMessageContaining(message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"3s", "3", "3.5", "500ms", "2m", "1h", "0", "2 s"})
  void durationsHaveUnitsOrAreSeconds(String text) {
    engine("crowding", Map.of("zone", "z", "people", 3, "for", text));
  }

  @Test
  void numbersAndListsComeAsYamlGivesThem() {
    engine("crowding", Map.of("zone", "z", "people", 3L, "for", 2.5));
    engine("stopped", Map.of("zone", "z", "classes", List.of("car", "bus"), "for", 30));
  }

  @Test
  void twoRulesMustNotShareAnId() {
    RuleSpec rule = new RuleSpec("r", "line-count", Map.of("line", "v"));
    assertThatThrownBy(
            () ->
                new RuleEngine(
                    new CameraId("c"), Film.SCENE, List.of(rule, rule), () -> AlertId.of("a")))
        .isInstanceOfSatisfying(
            InvalidRuleException.class, e -> assertThat(e.key()).isEqualTo("id"));
  }

  private static RuleEngine engine(String type, Map<String, Object> settings) {
    return new RuleEngine(
        new CameraId("c"),
        Film.SCENE,
        List.of(new RuleSpec("r", type, settings)),
        () -> AlertId.of("a"));
  }

  /** {@code key=text;key=#number}. */
  private static Map<String, Object> map(String text) {
    Map<String, Object> map = new HashMap<>();
    for (String pair : text == null ? new String[0] : text.split(";")) {
      String[] part = pair.split("=");
      map.put(part[0], part[1].startsWith("#") ? Double.valueOf(part[1].substring(1)) : part[1]);
    }
    return map;
  }
}
