package io.kydai.ingest.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.kydai.ingest.simulator.SimulatedCamera.Login;
import io.kydai.ingest.simulator.SimulatedCamera.Scheme;
import io.kydai.ingest.simulator.message.Request;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ClientAuthenticationTest {
  private static final String MD5_0 = "46b7e0ae2bc70c78aff4efd1a64c1e88";
  private static final String MD5_1 = "f755c020741fbb91761dbe4594f85bef";
  private static final String SHA_0 =
      "0c1cd8003c070277c0dcfc62637c450776c27c8d33ad6cd44c4b6c6db694a1c2";

  private long now;
  private int nonces;

  private ClientAuthentication authentication(Login login) {
    return new ClientAuthentication(login, () -> "nonce" + nonces++, () -> now);
  }

  private static Request request(String authorization) {
    return new Request("DESCRIBE", "rtsp://camera/one", Map.of("authorization", authorization));
  }

  /** The responses above were computed by Python's hashlib. */
  private static String digest(String algorithm, String nonce, String response) {
    return "Digest username=\"eye\", realm=\"kydai simulator\", nonce=\""
        + nonce
        + "\", uri=\"rtsp://camera/one\", qop=auth, nc=00000001, cnonce=\"c\", algorithm="
        + algorithm
        + ", response=\""
        + response
        + "\"";
  }

  @Test
  void digest_with_md5_and_with_sha_256() {
    ClientAuthentication md5 = authentication(new Login("eye", "s3cret", Scheme.DIGEST_MD5));
    assertThat(md5.challenge()).contains("algorithm=MD5").doesNotContain("SHA", "Basic", "stale");
    assertThat(md5.accepts(request(digest("MD5", "nonce0", MD5_0)))).isTrue();
    assertThat(md5.accepts(request(digest("MD5", "nonce1", MD5_0)))).isFalse();
    assertThat(md5.accepts(request(digest("SHA-256", "nonce0", SHA_0)))).isFalse();
    nonces = 0;
    ClientAuthentication sha = authentication(new Login("eye", "s3cret", Scheme.DIGEST_SHA_256));
    assertThat(sha.challenge()).contains("algorithm=SHA-256").doesNotContain("MD5", "Basic");
    assertThat(sha.accepts(request(digest("SHA-256", "nonce0", SHA_0)))).isTrue();
    assertThat(sha.accepts(request("Basic ZXllOnMzY3JldA=="))).isFalse();
  }

  @Test
  void any_scheme_is_good_where_all_are_offered_the_strongest_first() {
    ClientAuthentication authentication = authentication(new Login("eye", "s3cret", Scheme.ANY));
    assertThat(
            authentication
                .challenge()
                .lines()
                .map(line -> line.replaceAll(" realm.*algorithm", "")))
        .satisfiesExactly(
            first -> assertThat(first).contains("Digest=SHA-256"),
            second -> assertThat(second).contains("Digest=MD5"),
            third -> assertThat(third).contains("Basic"));
    assertThat(authentication.accepts(request("Basic ZXllOnMzY3JldA=="))).isTrue();
    assertThat(authentication.accepts(request("Basic ZXllOndyb25n"))).isFalse();
    assertThat(authentication.accepts(request(""))).isFalse();
    assertThat(authentication.accepts(request(digest("SHA-256", "nonce0", SHA_0)))).isTrue();
  }

  @Test
  void an_old_nonce_is_stale_for_who_knows_the_password_and_another_is_given() {
    ClientAuthentication authentication =
        authentication(new Login("eye", "s3cret", Scheme.DIGEST_MD5, Duration.ofSeconds(30)));
    now = Duration.ofSeconds(30).toNanos();
    assertThat(authentication.accepts(request(digest("MD5", "nonce0", MD5_0)))).isTrue();
    now++;
    assertThat(authentication.accepts(request(digest("MD5", "nonce0", "wrong")))).isFalse();
    assertThat(authentication.challenge()).contains("nonce0").doesNotContain("stale");
    assertThat(authentication.accepts(request(digest("MD5", "nonce0", MD5_0)))).isFalse();
    assertThat(authentication.challenge()).contains("nonce1").contains("stale=true");
    assertThat(authentication.accepts(request(digest("MD5", "nonce1", MD5_1)))).isTrue();
  }
}
