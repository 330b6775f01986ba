package io.kydai.console.http.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.kydai.analytics.rules.RuleTypes;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RuleTypeApiTest {
  @Test
  void everyTypeIsToldWithItsTitlesSettingsAndDefaults(@TempDir Path folder) throws Exception {
    try (DeskServer desk = new DeskServer(folder)) {
      JsonNode answer = desk.api.get("/api/v1/rule-types").expect(200).json();
      JsonNode types = answer.get("rule-types");
      assertThat(types.findValuesAsText("name")).containsAll(RuleTypes.all().keySet());
      assertThat(types).hasSize(RuleTypes.all().size());
      assertThat(answer.get("common-parameters").findValuesAsText("name"))
          .containsExactly("schedule", "timezone", "min-age", "min-score", "cool-down");

      JsonNode speeding = named(types, "speeding");
      assertThat(speeding.at("/title/vi").asText()).isEqualTo("quá tốc độ");
      assertThat(speeding.get("wants-plates").asBoolean()).isTrue();
      assertThat(speeding.get("outcome").asText()).isEqualTo("alerts");
      assertThat(speeding.get("needs")).hasToString("[\"zone\",\"calibration\"]");
      JsonNode limit = named(speeding.get("parameters"), "limit");
      assertThat(limit.get("required").asBoolean()).isTrue();
      assertThat(limit.get("minimum").asDouble()).isEqualTo(1);
      assertThat(limit.get("maximum").asDouble()).isEqualTo(300);
      assertThat(limit.get("unit").asText()).isEqualTo("km/h");
      assertThat(named(speeding.get("parameters"), "for").get("default").asText())
          .isEqualTo("500ms");
      assertThat(named(speeding.get("parameters"), "classes").get("default"))
          .extracting(JsonNode::asText)
          .containsExactly("bus", "car", "motorcycle", "truck");
      assertThat(named(types, "line-count").get("outcome").asText()).isEqualTo("counts");
    }
  }

  private static JsonNode named(JsonNode list, String name) {
    for (JsonNode element : list) {
      if (element.get("name").asText().equals(name)) {
        return element;
      }
    }
    throw new AssertionError(name + " is not in " + list);
  }
}
