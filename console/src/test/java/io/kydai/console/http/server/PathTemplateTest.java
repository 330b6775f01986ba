package io.kydai.console.http.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PathTemplateTest {
  @Test
  void aParametersNameMayHaveDigitsDashesAndCapitals() {
    PathTemplate path = PathTemplate.of("/cameras/{id}/lines/{line-Id2}/{a_b}.jpg");

    assertThat(path.names()).containsExactly("id", "line-Id2", "a_b");
    assertThat(path.route()).isEqualTo("/cameras/:p0/lines/:p1/:p2.jpg");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/{}", "/{2}", "/{a b}", "/{a", "/a}"})
  void whatIsNoParameterIsRefusedAtStart(String template) {
    assertThatThrownBy(() -> PathTemplate.of(template))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(template);
  }
}
