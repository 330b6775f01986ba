package io.kydai.ingest.onvif.soap;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import org.junit.jupiter.api.Test;

/** Against an example that others worked out. */
class UsernameTokenTest {
  /** ONVIF Application Programmer's Guide 1.0, section 6.1.1.1. */
  @Test
  void theTokenOfTheProgrammersGuideIsMadeAsThere() {
    assertThat(
            UsernameToken.digest(
                Base64.getDecoder().decode("LKqI6G/AikKCQrN0zqZFlg=="),
                "2010-09-16T07:50:45Z",
                "userpassword"))
        .isEqualTo("tuOSpGlFlIXsozq4HFNeeGeFLEI=");
  }
}
