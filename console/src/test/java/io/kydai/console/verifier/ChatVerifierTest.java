package io.kydai.console.verifier;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import io.kydai.console.config.VerifierConfig;
import io.kydai.console.config.tree.Secret;
import java.net.URI;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What comes of a server that answers well, badly, late, too much, elsewhere, or not at all. */
@Timeout(60)
class ChatVerifierTest {
  private static final byte[] PICTURE = {1, 2, 3};
  private static final Question QUESTION = new Question("task", "about");
  private static final String GOOD =
      "{\"likelihood\": 0.4, \"description\": \"Một người dắt xe.\", \"flags\": [\"look-alike\"]}";

  private FakeModelServer server;

  @BeforeEach
  void start() throws Exception {
    server = new FakeModelServer();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  static VerifierConfig config(URI url, Duration timeout) {
    return new VerifierConfig(
        url,
        "vlm",
        Secret.of("key-1"),
        VerifierConfig.Language.VI,
        new TreeSet<>(),
        List.of(new VerifierConfig.Prompt("red-light", "Đèn có đỏ không?")),
        600,
        timeout,
        64,
        false);
  }

  private Remark look(Duration timeout) throws Exception {
    try (ChatVerifier verifier = new ChatVerifier(config(server.url(), timeout))) {
      return verifier.look(QUESTION, PICTURE);
    }
  }

  private VerifierException refused(Duration timeout) {
    return catchThrowableOfType(VerifierException.class, () -> look(timeout));
  }

  private VerifierException refused() {
    return refused(Duration.ofSeconds(30));
  }

  @Test
  void thePictureIsSentAndWhatIsSaidComesBack() throws Exception {
    server.answers(FakeModelServer.saying(GOOD));
    Remark remark = look(Duration.ofSeconds(30));
    assertThat(remark.likelihood()).isEqualTo(0.4);
    assertThat(remark.description()).isEqualTo("Một người dắt xe.");
    assertThat(remark.flags()).containsExactly(Flag.LOOK_ALIKE);
    JsonNode asked = server.asked.take();
    assertThat(asked.get("model").asText()).isEqualTo("vlm");
    assertThat(asked.at("/messages/0/content").asText()).isEqualTo("task");
    assertThat(asked.at("/messages/1/content/0/text").asText()).isEqualTo("about");
    assertThat(asked.at("/messages/1/content/1/image_url/url").asText())
        .isEqualTo("data:image/jpeg;base64," + Base64.getEncoder().encodeToString(PICTURE));
    assertThat(server.authorization).isEqualTo("[Bearer key-1]");
  }

  @Test
  void aFenceAroundTheObjectIsTakenOff() throws Exception {
    server.answers(FakeModelServer.saying("```json\n" + GOOD + "\n```\n"));
    assertThat(look(Duration.ofSeconds(30)).likelihood()).isEqualTo(0.4);
  }

  @Test
  void whatIsLongOrHiddenIsCutAndUnknownFlagsAreLeftOut() throws Exception {
    String hidden = "a\\u202Eb\\u0000c\\n<script>";
    server.answers(
        FakeModelServer.saying(
            "{\"likelihood\": 1, \"description\": \"%s\", \"flags\": [\"verify\", 3, \"danger\"]}"
                .formatted(hidden + "x".repeat(5_000))));
    Remark remark = look(Duration.ofSeconds(30));
    assertThat(remark.description()).startsWith("ab c <script>").hasSize(Remark.MAX_DESCRIPTION);
    assertThat(remark.flags()).containsExactly(Flag.DANGER);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "I think it is true.",
        "{\"likelihood\": 2, \"description\": \"x\"}",
        "{\"likelihood\": \"0.5\", \"description\": \"x\"}",
        "{\"likelihood\": NaN, \"description\": \"x\"}",
        "{\"likelihood\": 0.5}",
        "{\"likelihood\": 0.5, \"likelihood\": 0.6, \"description\": \"x\"}",
        "{\"likelihood\": 0.5, \"description\": \"x\"} {\"action\": \"verify\"}",
        "Sure:\n```json\n{\"likelihood\": 0.5, \"description\": \"x\"}\n```",
        "[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]",
        ""
      })
  void whatIsNotInTheFormIsNoRemark(String content) {
    server.answers(FakeModelServer.saying(content));
    assertThat(refused().reason()).isEqualTo(VerifierException.Reason.GARBLED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "garbage", "{}", "{\"choices\": []}", "{\"choices\": [{\"message\": 1}]}"})
  void anAnswerThatIsNotOneOfAChatIsNoRemark(String body) {
    server.answers(FakeModelServer.plain(200, body));
    assertThat(refused().reason()).isEqualTo(VerifierException.Reason.GARBLED);
  }

  @Test
  void anErrorIsNoRemark() throws Exception {
    server.answers(FakeModelServer.plain(500, new String(FakeModelServer.chat(GOOD), UTF_8)));
    assertThat(refused()).hasMessage("HTTP status 500");
  }

  @Test
  void aRedirectIsNotFollowedSoThatTheKeyStaysHere() {
    server.answers(server.moved());
    assertThat(refused()).hasMessage("HTTP status 307");
    assertThat(server.elsewhere).hasValue(0);
  }

  @Test
  void moreThanTheBoundIsNotRead() {
    server.answers(FakeModelServer.huge());
    assertThat(refused().reason()).isEqualTo(VerifierException.Reason.FAILED);
  }

  @Test
  void aServerThatSaysNothingCostsItsTime() {
    server.answers(server.silent());
    assertThat(refused(Duration.ofMillis(300)).reason()).isEqualTo(VerifierException.Reason.FAILED);
  }

  @Test
  void aServerThatStallsAfterItsHeadersCostsItsTime() {
    server.answers(server.stalling());
    assertThat(refused(Duration.ofMillis(300))).hasMessage("no answer within 300 ms");
  }

  @Test
  void aServerThatIsGoneIsNoRemark() throws Exception {
    server.close();
    VerifierException gone = refused();
    assertThat(gone.reason()).isEqualTo(VerifierException.Reason.FAILED);
    assertThat(gone.getMessage()).doesNotContain("127.0.0.1", "key-1");
  }
}
