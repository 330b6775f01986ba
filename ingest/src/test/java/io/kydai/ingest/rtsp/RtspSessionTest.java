package io.kydai.ingest.rtsp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RtspSessionTest {
  private static final URI ADDRESS = URI.create("rtsp://camera:554/live");
  private static final String SDP =
      "v=0\r\na=control:*\r\n"
          + "m=audio 0 RTP/AVP 0\r\na=control:sound\r\n"
          + "m=video 0 RTP/AVP 96\r\na=rtpmap:96 H264/90000\r\na=control:picture\r\n";
  private static final String DIGEST = "WWW-Authenticate: Digest realm=\"r\", nonce=\"%s\"\r\n";

  private final List<String> heard = new ArrayList<>();
  private EmbeddedChannel channel = new EmbeddedChannel();
  private RtspSession session;
  private int sequence;

  private final RtspObserver observer =
      new RtspObserver() {
        @Override
        public void onTracks(List<MediaTrack> tracks) {
          heard.add("track " + tracks.get(0).control());
        }

        @Override
        public void onPlaying() {
          heard.add("playing");
        }

        @Override
        public void onRtp(int track, ByteBuf packet) {
          heard.add("rtp " + ByteBufUtil.hexDump(packet));
        }

        @Override
        public void onRtcp(int track, ByteBuf packet) {
          heard.add("rtcp " + ByteBufUtil.hexDump(packet));
        }

        @Override
        public void onRedirect(URI target) {
          heard.add("redirect " + target);
        }

        @Override
        public void onFailure(String reason) {
          heard.add("failure: " + reason);
        }

        @Override
        public void onLoginRefused(String reason) {
          heard.add("login refused: " + reason);
        }
      };

  private void open(boolean withLogin) {
    session =
        withLogin
            ? RtspSession.withLogin(ADDRESS, "user", "secret", RtspSettings.DEFAULT, observer)
            : RtspSession.withoutLogin(ADDRESS, RtspSettings.DEFAULT, observer);
    channel.freezeTime();
    session.addTo(channel.pipeline());
  }

  @AfterEach
  void end() {
    channel.finishAndReleaseAll();
  }

  /** What was sent since the last call. */
  private String sent() {
    StringBuilder text = new StringBuilder();
    for (ByteBuf out = channel.readOutbound(); out != null; out = channel.readOutbound()) {
      text.append(out.toString(UTF_8));
      out.release();
    }
    return text.toString();
  }

  private void receive(String bytes) {
    channel.writeInbound(Unpooled.copiedBuffer(bytes, UTF_8));
  }

  /** Answers the next request, whose CSeq must be one more than the last, and returns it. */
  private String answer(String status, String headers, String body) {
    String request = sent();
    sequence++;
    assertThat(request).contains("CSeq: " + sequence + "\r\n").endsWith("\r\n\r\n");
    receive(
        "RTSP/1.0 "
            + status
            + "\r\nCSeq: "
            + sequence
            + "\r\n"
            + headers
            + "Content-Length: "
            + body.length()
            + "\r\n\r\n"
            + body);
    return request;
  }

  private void play(String publicMethods, String sessionHeader) {
    answer("200 OK", publicMethods, "");
    answer("200 OK", "Content-Base: rtsp://camera:554/live/\r\n", SDP);
    answer("200 OK", sessionHeader + "Transport: RTP/AVP/TCP;interleaved=2-3\r\n", "");
    answer("200 OK", "", "");
  }

  private void pass(long seconds) {
    channel.advanceTimeBy(seconds, TimeUnit.SECONDS);
    channel.runScheduledPendingTasks();
  }

  @Test
  void theConversationSetsUpTheVideoTrackAloneAndPlaysTheWhole() {
    open(false);
    assertThat(answer("200 OK", "Public: OPTIONS\r\n", ""))
        .startsWith("OPTIONS rtsp://camera:554/live RTSP/1.0\r\n");
    assertThat(answer("200 OK", "Content-Base: rtsp://camera:554/live/\r\n", SDP))
        .startsWith("DESCRIBE rtsp://camera:554/live RTSP/1.0\r\n")
        .contains("Accept: application/sdp\r\n");
    assertThat(
            answer(
                "200 OK",
                "Session: a1b2;timeout=30\r\nTransport: RTP/AVP/TCP;interleaved=2-3\r\n",
                ""))
        .startsWith("SETUP rtsp://camera:554/live/picture RTSP/1.0\r\n")
        .contains("Transport: RTP/AVP/TCP;unicast;interleaved=0-1\r\n");
    receive("$\2\0\1a");
    assertThat(answer("200 OK", "", ""))
        .startsWith("PLAY rtsp://camera:554/live/ RTSP/1.0\r\n")
        .contains("Session: a1b2\r\n");
    receive("$\2\0\1b$\3\0\1c$\0\0\1d");
    assertThat(heard)
        .containsExactly(
            "track rtsp://camera:554/live/picture", "rtp 61", "playing", "rtp 62", "rtcp 63");
  }

  @ParameterizedTest
  @CsvSource({
    "'Public: DESCRIBE, GET_PARAMETER, PLAY\r\n', 'Session: 7;timeout=30\r\n', GET_PARAMETER, 10",
    "'Public: DESCRIBE, PLAY\r\n', 'Session: 7;timeout=30\r\n', OPTIONS, 10",
    "'', 'Session: 7\r\n', OPTIONS, 20",
    "'', 'Session: 7 ; Timeout = 12\r\n', OPTIONS, 4",
  })
  void theSessionIsKeptAliveWithWhatTheCameraKnowsInGoodTime(
      String publicMethods, String header, String method, int seconds) {
    open(false);
    play(publicMethods, header);
    pass(seconds - 1);
    assertThat(sent()).isEmpty();
    pass(1);
    assertThat(sent()).startsWith(method + " rtsp://camera:554/live/ ").contains("Session: 7\r\n");
    pass(seconds);
    assertThat(sent()).as("again, though the first has no answer").startsWith(method);
    assertThat(heard).doesNotContain("failure");
  }

  @Test
  void aKeepAliveThatIsNotUnderstoodIsReplacedAndAForgottenSessionEnds() {
    open(false);
    play("Public: GET_PARAMETER\r\n", "Session: 7;timeout=30\r\n");
    pass(10);
    assertThat(answer("501 Not Implemented", "", "")).startsWith("GET_PARAMETER");
    pass(10);
    assertThat(answer("454 Session Not Found", "", "")).startsWith("OPTIONS");
    assertThat(heard)
        .last()
        .isEqualTo("failure: has forgotten the session (454 Session Not Found)");
  }

  @Test
  void aChallengeIsAnsweredAndAnExpiredNonceRenewed() {
    open(true);
    answer("401 Unauthorized", String.format(DIGEST, "n1"), "");
    assertThat(answer("200 OK", "", "")).startsWith("OPTIONS").contains("nonce=\"n1\"");
    assertThat(answer("401 Unauthorized", String.format(DIGEST, "n2"), ""))
        .startsWith("DESCRIBE")
        .contains("nonce=\"n1\"");
    assertThat(answer("200 OK", "", SDP)).startsWith("DESCRIBE").contains("nonce=\"n2\"");
    String stale = "WWW-Authenticate: Digest realm=\"r\", nonce=\"n2\", stale=TRUE\r\n";
    answer("401 Unauthorized", stale, "");
    assertThat(sent()).startsWith("SETUP");
    assertThat(heard).isEmpty();
  }

  @Test
  void aWrongPasswordIsTriedOnce() {
    open(true);
    answer("401 Unauthorized", String.format(DIGEST, "n1"), "");
    answer("401 Unauthorized", String.format(DIGEST, "n2"), "");
    assertThat(sent()).isEmpty();
    assertThat(heard)
        .containsExactly(
            "login refused: does not accept the user or the password (401 Unauthorized)");
  }

  @Test
  void aMissingPasswordIsSaid() {
    open(false);
    answer("401 Unauthorized", String.format(DIGEST, "n1"), "");
    assertThat(heard.get(0)).contains("asks for a user and a password");
  }

  @ParameterizedTest
  @CsvSource({
    "301 Moved, 'Location: rtsp://other:8554/x?a=b\r\n', redirect rtsp://other:8554/x?a=b",
    "302 Found, 'Location: rtsp://u:p@other/x\r\n', redirect rtsp://other/x",
    "302 Found, 'Location: /elsewhere\r\n', redirect rtsp://camera:554/elsewhere",
    "302 Found, 'Location: http://other/x\r\n', failure: redirects to something else than an rtsp:// address with a host",
    "302 Found, '', failure: redirects without saying where to",
  })
  void redirectsLeadToRtspAddressesOnly(String status, String location, String expected) {
    open(false);
    answer("200 OK", "", "");
    answer(status, location, "");
    assertThat(heard).containsExactly(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "404 Not Found, '', answers DESCRIBE with 404 Not Found",
    "200 OK, '', answers DESCRIBE without a session description",
    "200 OK, 'm=video 0 RTP/AVP 96\r\na=rtpmap:96 VP9/90000\r\n', 'offers no H.264, H.265 or JPEG video, but video VP9'",
    "200 OK, v=0, 'offers no H.264, H.265 or JPEG video, but no track at all'",
  })
  void whyADescriptionIsOfNoUseIsSaid(String status, String body, String expected) {
    open(false);
    answer("501 Not Implemented", "", "");
    answer(status, "", body);
    assertThat(heard).containsExactly("failure: " + expected);
  }

  @Test
  void aCameraThatDoesNotDoTcpIsNamedAsSuch() {
    open(false);
    answer("200 OK", "", "");
    answer("200 OK", "", SDP);
    answer("461 Unsupported Transport", "", "");
    assertThat(heard)
        .containsExactly("failure: does not offer RTP over TCP (461 Unsupported Transport)");
  }

  @Test
  void anAnswerThatDoesNotComeIsWaitedForOnlySoLong() {
    open(false);
    answer("200 OK", "", "");
    pass(9);
    assertThat(heard).isEmpty();
    pass(1);
    assertThat(heard).containsExactly("failure: did not answer DESCRIBE within 10.0 s");
  }

  @Test
  void answersToNothingArePassedOver() {
    open(false);
    receive("RTSP/1.0 404 Not Found\r\nCSeq: 99\r\n\r\nRTSP/1.0 100 Continue\r\nCSeq: 1\r\n\r\n");
    assertThat(heard).isEmpty();
    play("", "Session: 7\r\n");
    assertThat(heard).endsWith("playing");
  }

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

  @Test
  void closingSaysTeardownAndWaitsForItsAnswerAmongLateFrames() {
    open(false);
    play("", "Session: 7\r\n");
    heard.clear();
    session.close();
    assertThat(sent()).startsWith("TEARDOWN rtsp://camera:554/live/ ").contains("Session: 7");
    receive("$\2\0\1a");
    assertThat(channel.isOpen()).isTrue();
    receive("RTSP/1.0 200 OK\r\nCSeq: 5\r\n\r\n");
    assertThat(channel.isOpen()).isFalse();
    assertThat(heard).isEmpty();
  }

  @Test
  void closingDoesNotWaitForACameraThatStaysSilent() {
    open(false);
    play("", "Session: 7\r\n");
    session.close();
    pass(1);
    assertThat(channel.isOpen()).isFalse();
  }

  @Test
  void aConnectionThatEndsSaysInTheMiddleOfWhat() {
    open(false);
    channel.close();
    assertThat(heard)
        .containsExactly("failure: closed the connection instead of answering OPTIONS");
  }
}
