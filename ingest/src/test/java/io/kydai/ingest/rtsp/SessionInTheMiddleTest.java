package io.kydai.ingest.rtsp;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What happens once the camera plays. */
class SessionInTheMiddleTest extends EmbeddedSession {
  @Test
  void theCamerasOwnQuestionsAreAnswered() {
    open(false);
    play("", "Session: 7\r\n");
    receive("OPTIONS * RTSP/1.0\r\nCSeq: 41\r\n\r\n$\2\0\1aRECORD * RTSP/1.0\r\nCSeq: 42\r\n\r\n");
    assertThat(sent())
        .isEqualTo(
            "RTSP/1.0 200 OK\r\nCSeq: 41\r\nSession: 7\r\n\r\n"
                + "RTSP/1.0 501 Not Implemented\r\nCSeq: 42\r\nSession: 7\r\n\r\n");
    receive("REDIRECT * RTSP/1.0\r\nCSeq: 43\r\nLocation: rtsp://other/\r\n\r\n");
    assertThat(heard).last().isEqualTo("redirect rtsp://other/");
  }

  @ParameterizedTest
  @CsvSource({
    "picture, playing",
    "other, failure: announces another stream than the one it plays (ANNOUNCE)",
  })
  void anAnnouncedDescriptionCountsWhenItIsAnother(String control, String expected) {
    open(false);
    play("", "Session: 7\r\n");
    String sdp = SDP.replace("control:picture", "control:" + control);
    receive("ANNOUNCE * RTSP/1.0\r\nCSeq: 1\r\nContent-Length: " + sdp.length() + "\r\n\r\n" + sdp);
    assertThat(sent()).startsWith("RTSP/1.0 200 OK\r\nCSeq: 1\r\n");
    assertThat(heard).last().isEqualTo(expected);
  }

  @Test
  void aSessionThatTheCameraTearsDownEnds() {
    open(false);
    play("", "Session: 7\r\n");
    receive("TEARDOWN * RTSP/1.0\r\nCSeq: 3\r\n\r\n$\2\0\1a");
    assertThat(sent()).startsWith("RTSP/1.0 200 OK\r\nCSeq: 3\r\n");
    assertThat(heard).last().isEqualTo("failure: ended the session (TEARDOWN)");
  }

  @Test
  void aCameraThatClosesAfterTeardownInsteadOfAnsweringIsNoFault() {
    open(false);
    play("", "Session: 7\r\n");
    session.close();
    channel.close();
    assertThat(heard).last().isEqualTo("playing");
  }

  @Test
  void aStaleNonceInMidSessionIsRenewedAtTheKeepAliveAndAtTeardown() {
    open(true);
    answer("401 Unauthorized", String.format(DIGEST, "n1"), "");
    play("Public: GET_PARAMETER\r\n", "Session: 7\r\n");
    pass(20);
    assertThat(answer("401 Unauthorized", String.format(DIGEST, "n2"), ""))
        .startsWith("GET_PARAMETER")
        .contains("nonce=\"n1\"");
    assertThat(answer("200 OK", "", "")).startsWith("GET_PARAMETER").contains("nonce=\"n2\"");
    session.close();
    assertThat(answer("401 Unauthorized", String.format(DIGEST, "n3"), "")).startsWith("TEARDOWN");
    assertThat(answer("200 OK", "", "")).startsWith("TEARDOWN").contains("nonce=\"n3\"");
    assertThat(channel.isOpen()).isFalse();
    assertThat(heard).endsWith("playing");
  }

  @Test
  void keepAlivesThatAreRefusedDoNotEndWhatPlays() {
    open(true);
    answer("401 Unauthorized", String.format(DIGEST, "n1"), "");
    play("Public: GET_PARAMETER, SET_PARAMETER\r\n", "Session: 7\r\n");
    pass(20);
    assertThat(answer("401 Unauthorized", String.format(DIGEST, "n1"), ""))
        .startsWith("GET_PARAMETER");
    pass(20);
    assertThat(answer("451 Parameter Not Understood", "", "")).startsWith("SET_PARAMETER");
    pass(20);
    assertThat(answer("500 Internal Server Error", "", "")).startsWith("OPTIONS");
    pass(20);
    assertThat(answer("401 Unauthorized", "", "")).startsWith("OPTIONS");
    assertThat(heard).endsWith("playing");
  }

  @Test
  void junkBetweenFramesIsCountedAndSkipped() {
    open(false);
    play("", "Session: 7\r\n");
    receive("\0\1$\2\0\10\2001234567");
    assertThat(heard).endsWith("skipped 2", "rtp 8031323334353637");
  }

  @Test
  void packetsOfOursLeaveInFramesOnTheirTracksControlChannel() {
    open(false);
    play("", "Session: 7\r\n");
    session.sendRtcp(0, Unpooled.copiedBuffer(new byte[] {'a', 'b'}));
    assertThat(sent()).isEqualTo("$\3\0\2ab");
    session.close();
    sent();
    session.sendRtcp(0, Unpooled.copiedBuffer(new byte[] {'a', 'b'}));
    assertThat(sent()).isEmpty();
  }

  @Test
  void encryptedConnectionsAreNotLedAwayToPlainOnes() {
    EmbeddedChannel other = new EmbeddedChannel();
    RtspSession.withoutLogin(URI.create("rtsps://camera/live"), RtspSettings.DEFAULT, observer())
        .addTo(other.pipeline());
    other.writeInbound(
        Unpooled.copiedBuffer(
            "RTSP/1.0 302 Found\r\nLocation: rtsp://camera/live\r\n\r\n".getBytes()));
    assertThat(heard)
        .containsExactly("failure: redirects from rtsps:// to rtsp://, which is not encrypted");
    other.finishAndReleaseAll();
  }
}
