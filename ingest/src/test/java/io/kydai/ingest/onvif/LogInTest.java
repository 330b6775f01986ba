package io.kydai.ingest.onvif;

import static org.assertj.core.api.Assertions.assertThat;

import io.kydai.ingest.CameraSource.Credentials;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The log-ins against examples that others worked out. */
class LogInTest {
  private static final Credentials MUFASA = new Credentials("Mufasa", "Circle of Life");
  private static final String EXAMPLE =
      "Digest realm=\"http-auth@example.org\", qop=\"auth, auth-int\", algorithm=%s,"
          + " nonce=\"7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v\","
          + " opaque=\"FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS\"";

  private static String answer(String... challenges) {
    return HttpDigest.choose(List.of(challenges))
        .orElseThrow()
        .authorization(
            MUFASA, "GET", "/dir/index.html", "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ");
  }

  @Test
  void theExampleOfRfc7616Section391IsAnsweredAsThere() {
    assertThat(answer(EXAMPLE.formatted("MD5")))
        .contains("nc=00000001", "response=\"8ca523f5e9506fed4657c9700eebdbec\"");
    assertThat(answer(EXAMPLE.formatted("SHA-256")))
        .contains("753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1");
  }

  @Test
  void theStrongerOfSeveralIsAnsweredAlsoInOneHeader() {
    assertThat(answer(EXAMPLE.formatted("MD5"), EXAMPLE.formatted("SHA-256")))
        .contains("algorithm=SHA-256");
    assertThat(
            answer(
                "Basic realm=\"x\", "
                    + EXAMPLE.formatted("MD5")
                    + ", "
                    + EXAMPLE.formatted("SHA-256")))
        .contains("algorithm=SHA-256");
  }

  @Test
  void whatCannotBeAnsweredIsNotChosen() {
    assertThat(
            HttpDigest.choose(
                List.of(
                    "Basic realm=\"x\"",
                    "Digest realm=\"no nonce\"",
                    EXAMPLE.formatted("SHA-512-256"),
                    "Digest nonce=\"n\", qop=\"auth-int\"",
                    "Digest nonce=\"" + "n".repeat(3_000) + "\"")))
        .isEmpty();
  }

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
