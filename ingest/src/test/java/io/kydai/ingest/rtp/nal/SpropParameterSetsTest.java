package io.kydai.ingest.rtp.nal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SpropParameterSetsTest {
  @Test
  void startCodesBeforeAndBetweenSetsAreTakenOut() {
    String both = "AAAAAWdCwCjZAAAAAWjOPIA=";
    assertThat(SpropParameterSets.of(Map.of("sprop-parameter-sets", both + ",AAAAAUjqQ8g=")))
        .extracting(HexFormat.of()::formatHex)
        .containsExactly("6742c028d9", "68ce3c80", "48ea43c8");
  }

  @Test
  void whatIsNoBase64IsPassedOver() {
    assertThat(SpropParameterSets.of(Map.of("sprop-parameter-sets", "%%,aM48gA==,")))
        .extracting(HexFormat.of()::formatHex)
        .containsExactly("68ce3c80");
  }
}
