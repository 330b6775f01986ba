package io.kydai.console.messages.push;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kydai.console.settings.InvalidSettingException;
import java.net.URI;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import org.junit.jupiter.api.Test;

class PushEncryptionTest {
  private static final Instant NOW = Instant.parse("2026-11-29T08:00:00Z");

  // RFC 8291, appendix A.
  private static final String TEXT = "When I grow up, I want to be a watermelon";
  private static final String SENDER_PUBLIC =
      "BP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A8";
  private static final String SENDER_PRIVATE = "yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw";
  private static final String BROWSER_PUBLIC =
      "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4";
  private static final String BROWSER_PRIVATE = "q1dXpw3UpT5VOmu_cf_v6ih07Aems3njxI-JWgLcM94";
  private static final String SECRET = "BTBZMqHH6r4Tts7J_aSIgg";
  private static final String SALT = "DGv6ra1nlYgDCS1FRnbzlw";
  private static final String BODY =
      "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS"
          + "6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN";

  private static byte[] bytes(String text) {
    return Base64.getUrlDecoder().decode(text);
  }

  @Test
  void theExampleOfTheRfcIsMadeByteForByte() throws Exception {
    byte[] body =
        PushEncryption.encrypt(
            TEXT.getBytes(UTF_8),
            bytes(BROWSER_PUBLIC),
            bytes(SECRET),
            new KeyPair(
                P256.publicKey(bytes(SENDER_PUBLIC)), P256.privateKey(bytes(SENDER_PRIVATE))),
            bytes(SALT));
    assertThat(Base64.getUrlEncoder().withoutPadding().encodeToString(body)).isEqualTo(BODY);
    TestBrowser browser =
        new TestBrowser(
            P256.privateKey(bytes(BROWSER_PRIVATE)), bytes(BROWSER_PUBLIC), bytes(SECRET));
    assertThat(browser.decrypt(body)).isEqualTo(TEXT);
  }

  @Test
  void noTwoMessagesAreEncryptedAlike() throws Exception {
    TestBrowser browser = TestBrowser.random();
    PushSubscription to = browser.subscription("https://push.example/a");
    SecureRandom random = new SecureRandom();
    byte[] text = "Cầu Trường Tiền".getBytes(UTF_8);
    byte[] one = PushEncryption.encrypt(text, to.key(), to.secret(), random);
    byte[] other = PushEncryption.encrypt(text, to.key(), to.secret(), random);
    assertThat(one).isNotEqualTo(other);
    assertThat(browser.decrypt(one)).isEqualTo("Cầu Trường Tiền");
    assertThat(browser.decrypt(other)).isEqualTo("Cầu Trường Tiền");
  }

  @Test
  void theLongestTextFitsIntoWhatAPushServiceTakes() {
    TestBrowser browser = TestBrowser.random();
    PushSubscription to = browser.subscription("https://push.example/a");
    byte[] body =
        PushEncryption.encrypt(
            new byte[PushEncryption.MAX_TEXT], to.key(), to.secret(), new SecureRandom());
    assertThat(body.length).isLessThanOrEqualTo(4096);
    assertThatThrownBy(
            () ->
                PushEncryption.encrypt(
                    new byte[PushEncryption.MAX_TEXT + 1],
                    to.key(),
                    to.secret(),
                    new SecureRandom()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aKeyThatIsNoPointOfTheCurveIsRefused() {
    byte[] key = bytes(BROWSER_PUBLIC);
    key[64] ^= 1;
    assertThatThrownBy(() -> P256.publicKey(key)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () ->
                new PushSubscription(
                    "https://push.example/a",
                    Base64.getUrlEncoder().withoutPadding().encodeToString(key),
                    SECRET))
        .isInstanceOf(InvalidSettingException.class);
  }

  @Test
  void theNodeSignsThatItIsTheOneTheBrowserSubscribedFor() throws Exception {
    VapidKey key = VapidKey.of(VapidKey.generate().secret());
    String header =
        key.authorization(
            URI.create("https://push.example/send/abc?x=1"), "mailto:kydai@hue.example", NOW);
    assertThat(header).startsWith("vapid t=").endsWith(", k=" + key.publicKey());
    String[] parts = header.substring("vapid t=".length(), header.indexOf(',')).split("\\.");
    JsonNode claims = new ObjectMapper().readTree(bytes(parts[1]));
    assertThat(claims.get("aud").asText()).isEqualTo("https://push.example");
    assertThat(claims.get("sub").asText()).isEqualTo("mailto:kydai@hue.example");
    assertThat(claims.get("exp").asLong())
        .isEqualTo(NOW.plus(Duration.ofHours(12)).getEpochSecond());
    assertThat(new ObjectMapper().readTree(bytes(parts[0])).get("alg").asText()).isEqualTo("ES256");
    Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
    signature.initVerify(P256.publicKey(bytes(key.publicKey())));
    signature.update((parts[0] + "." + parts[1]).getBytes(US_ASCII));
    assertThat(signature.verify(bytes(parts[2]))).isTrue();
  }
}
