package io.kydai.ingest.login;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AuthenticatorTest {
  private static final String EXAMPLE =
      "Digest realm=\"testrealm@host.com\", nonce=\"dcd98b7102dd2f0e8b11d0f600bfb0c093\","
          + " opaque=\"5ccc069c403ebaf9f0171e9517f40e41\"";

  private final Authenticator login =
      new Authenticator("Mufasa", "Circle Of Life", () -> "0a4f113b");

  private static Challenge chosen(List<String> headers) {
    return Authenticator.choose(Challenge.parse(headers)).orElseThrow();
  }

  @Test
  void theExampleOfRfc2617SectionThreeFiveComesOut() {
    login.accept(chosen(List.of(EXAMPLE + ", qop=\"auth,auth-int\"")));
    assertThat(login.authorization("GET", "/dir/index.html").orElseThrow())
        .contains("response=\"6629fae49393a05397450978507c4ef1\"")
        .contains("qop=auth, nc=00000001, cnonce=\"0a4f113b\"")
        .contains("opaque=\"5ccc069c403ebaf9f0171e9517f40e41\"");
    assertThat(login.authorization("GET", "/dir/index.html").orElseThrow()).contains("nc=00000002");
  }

  @Test
  void withoutQopTheOlderDigestIsUsed() {
    login.accept(chosen(List.of(EXAMPLE)));
    assertThat(login.authorization("GET", "/dir/index.html").orElseThrow())
        .contains("response=\"670fd8c2df070c60b045671b8b24ff02\"")
        .doesNotContain("qop", "cnonce");
  }

  @Test
  void digestIsPreferredToBasicHoweverTheyAreOffered() {
    for (List<String> offer :
        List.of(
            List.of("Basic realm=\"a\"", EXAMPLE),
            List.of("Basic realm=\"a, b\", " + EXAMPLE),
            List.of("Digest realm=\"x\", nonce=\"n\", algorithm=SHA-512-256", EXAMPLE))) {
      assertThat(chosen(offer).parameter("realm")).hasValue("testrealm@host.com");
    }
  }

  /** RFC 7616, section 3.9.1; its MD5 response is in the same example. */
  @ParameterizedTest
  @CsvSource({
    "SHA-256, 753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1",
    "MD5, 8ca523f5e9506fed4657c9700eebdbec",
  })
  void theExampleOfRfc7616SectionThreeNineOneComesOut(String algorithm, String response) {
    Authenticator mufasa =
        new Authenticator(
            "Mufasa", "Circle of Life", () -> "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ");
    mufasa.accept(
        chosen(
            List.of(
                "Digest realm=\"http-auth@example.org\", qop=\"auth, auth-int\", algorithm="
                    + algorithm
                    + ", nonce=\"7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v\","
                    + " opaque=\"FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS\"")));
    assertThat(mufasa.authorization("GET", "/dir/index.html").orElseThrow())
        .contains("response=\"" + response + "\"", "algorithm=" + algorithm);
  }

  @Test
  void shaIsPreferredToMd5HoweverTheyAreOffered() {
    String sha = "Digest realm=\"s\", nonce=\"n\", algorithm=SHA-256";
    for (List<String> offer :
        List.of(
            List.of(EXAMPLE, "Basic realm=\"b\"", sha),
            List.of(sha, EXAMPLE),
            List.of(EXAMPLE + ", " + sha))) {
      assertThat(chosen(offer).parameter("realm")).hasValue("s");
    }
  }

  /** Python's hashlib was asked for the expected responses. */
  @ParameterizedTest
  @CsvSource({
    "MD5-sess, ',qop=auth', 00000001, 8e3825c57e897f5a0dec6c2d4e5059d0",
    "sha-256-SESS, ',qop=auth', 00000001, b8822e12417cb7750f4e2b8515f0dcf25b7dd26993e80bee1426201446a7f59b",
  })
  void secretsOfASessionAreHashedWithItsNonces(
      String algorithm, String qop, String count, String response) {
    login.accept(chosen(List.of(EXAMPLE + qop + ", algorithm=" + algorithm)));
    assertThat(login.authorization("GET", "/dir/index.html").orElseThrow())
        .contains("response=\"" + response + "\"", "nc=" + count, "algorithm=" + algorithm);
  }

  @Test
  void basicSendsUserAndPassword() {
    login.accept(chosen(List.of("basic realm=camera")));
    assertThat(login.authorization("DESCRIBE", "rtsp://a/"))
        .hasValue("Basic TXVmYXNhOkNpcmNsZSBPZiBMaWZl");
  }

  @Test
  void whatCannotBeAnsweredIsNotChosen() {
    assertThat(
            Authenticator.choose(
                Challenge.parse(
                    List.of(
                        "Negotiate",
                        "Digest realm=\"no nonce\"",
                        EXAMPLE + ", algorithm=SHA-512-256",
                        "Digest nonce=\"n\", qop=\"auth-int\"",
                        "Digest nonce=\"" + "n".repeat(9_000) + "\""))))
        .isEmpty();
  }

  @Test
  void aLineEndInWhatTheCameraSaysDoesNotEndTheHeader() {
    login.accept(chosen(List.of("Digest realm=\"a\r\nb\", nonce=\"n\"")));
    assertThat(login.authorization("GET", "/").orElseThrow())
        .contains("realm=\"ab\"")
        .doesNotContain("\r", "\n");
  }

  @Test
  void nothingIsSentBeforeItIsAskedFor() {
    assertThat(login.authorization("OPTIONS", "*")).isEmpty();
  }
}
