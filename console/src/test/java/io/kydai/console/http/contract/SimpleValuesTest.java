package io.kydai.console.http.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SimpleValuesTest {
  private static SimpleValues of(String schema) throws IOException {
    return SimpleValues.of(new ObjectMapper().readTree(schema));
  }

  @Test
  void aTextIsBoundedByItsLength() throws IOException {
    SimpleValues values = of("{\"type\": \"string\", \"minLength\": 1, \"maxLength\": 5}");
    assertThat(values.read("a.mp4")).isEqualTo("a.mp4");
    assertThat(values.read("")).isNull();
    assertThat(values.read("aa.mp4")).isNull();
    assertThat(values.read("a\0b")).as("U+0000 is in no text").isNull();
    assertThat(values.read("ä")).as("what length it has the library knows").isNull();
  }

  @Test
  void aNumberIsBoundedByItsRange() throws IOException {
    SimpleValues values = of("{\"type\": \"integer\", \"minimum\": 0, \"maximum\": 4000000000}");
    assertThat(values.read("0")).isEqualTo(0L);
    assertThat(values.read("4000000000")).isEqualTo(4_000_000_000L);
    for (String other : new String[] {"4000000001", "-1", "007", "1.0", "1e3", " 1", "", "x"}) {
      assertThat(values.read(other)).as(other).isNull();
    }
    assertThat(values.read("9".repeat(19))).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"type\": \"string\", \"pattern\": \"a\"}",
        "{\"type\": \"string\", \"enum\": [\"a\"]}",
        "{\"type\": \"boolean\"}",
        "{\"type\": \"integer\", \"multipleOf\": 2}",
        "{\"type\": \"integer\", \"maximum\": 1.5}",
        "{\"type\": [\"string\"]}"
      })
  void whatAnotherSchemaSaysIsTheLibrarys(String schema) throws IOException {
    assertThat(of(schema).read("1")).isNull();
    assertThat(of(schema).read("a")).isNull();
  }
}
