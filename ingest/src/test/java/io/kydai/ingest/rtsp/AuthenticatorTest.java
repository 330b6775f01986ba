package io.kydai.ingest.rtsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class AuthenticatorTest {
  private static final String EXAMPLE =
      "Digest realm=\"testrealm@host.com\", nonce=\"dcd98b7102dd2f0e8b11d0f600bfb0c093\","
          + " opaque=\"5ccc069c403ebaf9f0171e9517f40e41\"";

  private final Authenticator login =
      new Authenticator("Mufasa", "Circle Of Life", () -> "0a4f113b");

  @Test
  void theExampleOfRfc2617SectionThreeFiveComesOut() throws Exception {
    login.accept(Authenticator.choose(List.of(EXAMPLE + ", qop=\"auth,auth-int\"")));
    assertThat(login.authorization("GET", "/dir/index.html").orElseThrow())
        .contains("response=\"6629fae49393a05397450978507c4ef1\"")
        .contains("qop=auth, nc=00000001, cnonce=\"0a4f113b\"")
        .contains("opaque=\"5ccc069c403ebaf9f0171e9517f40e41\"");
    assertThat(login.authorization("GET", "/dir/index.html").orElseThrow()).contains("nc=00000002");
  }

  @Test
  void withoutQopTheOlderDigestIsUsed() throws Exception {
    login.accept(Authenticator.choose(List.of(EXAMPLE)));
    assertThat(login.authorization("GET", "/dir/index.html").orElseThrow())
        .contains("response=\"670fd8c2df070c60b045671b8b24ff02\"")
        .doesNotContain("qop", "cnonce");
  }

  @Test
  void digestIsPreferredToBasicHoweverTheyAreOffered() throws Exception {
    for (List<String> offer :
        List.of(
            List.of("Basic realm=\"a\"", EXAMPLE),
            List.of("Basic realm=\"a, b\", " + EXAMPLE),
            List.of("Digest realm=\"x\", nonce=\"n\", algorithm=SHA-256", EXAMPLE))) {
      assertThat(Authenticator.choose(offer).parameter("realm")).hasValue("testrealm@host.com");
    }
  }

  @Test
  void basicSendsUserAndPassword() throws Exception {
    login.accept(Authenticator.choose(List.of("basic realm=camera")));
    assertThat(login.authorization("DESCRIBE", "rtsp://a/"))
        .hasValue("Basic TXVmYXNhOkNpcmNsZSBPZiBMaWZl");
  }

  @Test
  void whatCannotBeAnsweredIsNamed() {
    assertThatThrownBy(
            () -> Authenticator.choose(List.of("Negotiate", "Digest realm=\"no nonce\"")))
        .hasMessageContaining("negotiate, digest");
    assertThatThrownBy(() -> Authenticator.choose(List.of()))
        .hasMessageContaining("without saying");
  }

  @Test
  void nothingIsSentBeforeItIsAskedFor() {
    assertThat(login.authorization("OPTIONS", "*")).isEmpty();
  }
}
