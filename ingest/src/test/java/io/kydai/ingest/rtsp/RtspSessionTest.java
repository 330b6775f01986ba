package io.kydai.ingest.rtsp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RtspSessionTest extends EmbeddedSession {
  @Test
  void theConversationSetsUpTheVideoTrackAndPlaysTheWhole() {
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
    "'', 'Session: 7;timeout=0\r\n', OPTIONS, 20",
    "'', 'Session: 7;timeout=999999\r\n', OPTIONS, 60",
    "'Public: SET_PARAMETER\r\n', 'Session: 7;timeout=30\r\n', SET_PARAMETER, 10",
    "'Public: SET_PARAMETER,GET_PARAMETER\r\n', 'Session: 7;timeout=2\r\n', GET_PARAMETER, 1",
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

  @ParameterizedTest
  @CsvSource({
    "'', without saying how to log in",
    "'WWW-Authenticate: Negotiate\r\nWWW-Authenticate: Digest realm=\"no nonce\"\r\n',"
        + " 'other than Basic or Digest with SHA-256 or MD5: negotiate, digest'",
  })
  void aChallengeThatCannotBeAnsweredIsNamed(String challenges, String said) {
    open(true);
    answer("401 Unauthorized", challenges, "");
    assertThat(heard).last().asString().contains(said);
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
    "302 Found, 'Location: rtsps://other/x\r\n', redirect rtsps://other/x",
    "302 Found, 'Location: http://other/x\r\n', failure: redirects to something else than an rtsp:// address with a host",
    "302 Found, 'Location: rtsp://other:99999/x\r\n', 'failure: redirects to port 99999, which cannot be'",
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
    "200 OK, 'm=video 0 RTP/AVP 96\r\na=rtpmap:96 VP8/90000\r\n', 'offers no H.264, H.265 or JPEG video, but video VP8'",
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
        .containsExactly(
            "transport refused: does not offer RTP in the way that was asked for"
                + " (461 Unsupported Transport)");
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

  @ParameterizedTest
  @CsvSource({"0", "1", "99", "''", "x"})
  void aCameraThatNumbersItsAnswersWronglyIsUnderstoodAllTheSame(String number) {
    open(false);
    receive("RTSP/1.0 100 Continue\r\nCSeq: " + number + "\r\n\r\n");
    String answer = "RTSP/1.0 200 OK\r\nCSeq: " + number + "\r\n";
    receive(answer + "\r\n");
    receive(answer + "Content-Length: " + SDP.length() + "\r\n\r\n" + SDP);
    receive(answer + "Session: 7\r\n\r\n");
    receive(answer + "\r\n");
    assertThat(heard).endsWith("playing");
  }

  @Test
  void aLateAnswerToAnEarlierKeepAliveIsNotTakenForThatToTeardown() {
    open(false);
    play("", "Session: 7\r\n");
    pass(20);
    session.close();
    assertThat(sent()).contains("OPTIONS", "CSeq: 5\r\n", "TEARDOWN", "CSeq: 6\r\n");
    receive("RTSP/1.0 200 OK\r\nCSeq: 5\r\n\r\n");
    assertThat(channel.isOpen()).isTrue();
    receive("RTSP/1.0 200 OK\r\nCSeq: 6\r\n\r\n");
    assertThat(channel.isOpen()).isFalse();
  }

  @Test
  void answersToNothingArePassedOver() {
    open(false);
    play("", "Session: 7\r\n");
    receive("RTSP/1.0 404 Not Found\r\nCSeq: 4\r\n\r\n");
    assertThat(heard).endsWith("playing");
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

  @Test
  void theSessionMayBeNamedOnlyInTheAnswerToPlay() {
    open(false);
    answer("200 OK", "", "");
    answer("200 OK", "", SDP);
    answer("200 OK", "Transport: RTP/AVP/TCP;interleaved=0-1\r\n", "");
    assertThat(answer("200 OK", "Session: 7;timeout=30\r\n", ""))
        .startsWith("PLAY rtsp://camera:554/live ")
        .doesNotContain("Session");
    pass(10);
    assertThat(answer("200 OK", "", "")).contains("Session: 7\r\n");
    session.close();
    assertThat(sent()).startsWith("TEARDOWN").contains("Session: 7\r\n");
  }

  @Test
  void aSessionWithoutANameIsKeptAliveAndTornDownWithoutOne() {
    open(false);
    play("", "Session: \r\n");
    pass(20);
    assertThat(answer("454 Session Not Found", "", ""))
        .startsWith("OPTIONS")
        .doesNotContain("Session");
    assertThat(heard).endsWith("playing");
    session.close();
    assertThat(sent()).startsWith("TEARDOWN").doesNotContain("Session");
  }

  @Test
  void aSessionThatWasNamedBeforeSetupIsTheOneOfTheVideosSetup() {
    open(false);
    answer("200 OK", "Session: early\r\n", "");
    assertThat(answer("200 OK", "", SDP)).contains("Session: early\r\n");
    assertThat(answer("200 OK", "Session: 7\r\n", "")).contains("Session: early\r\n");
    assertThat(answer("200 OK", "Session: 7;timeout=9\r\n", "")).contains("Session: 7\r\n");
    pass(3);
    assertThat(sent()).startsWith("OPTIONS").contains("Session: 7\r\n");
  }

  @Test
  void anotherNameForASessionThatHasOneIsPassedOver() {
    open(false);
    answer("200 OK", "", "");
    answer("200 OK", "", SDP);
    answer("200 OK", "Session: 7\r\n", "");
    assertThat(answer("200 OK", "Session: 8\r\n", "")).contains("Session: 7\r\n");
    pass(20);
    assertThat(sent()).contains("Session: 7\r\n");
  }

  /** Without it, some cameras set up nothing on the new connection. */
  @Test
  void theDescriptionIsAskedForAgainWhereAChallengeToSetupClosedTheConnection() {
    open(true);
    answer("200 OK", "", "");
    answer("200 OK", "", SDP);
    answer("401 Unauthorized", String.format(DIGEST, "1") + "Connection: close\r\n", "");
    channel.close();
    reopen(true);
    assertThat(answer("200 OK", "", SDP)).startsWith("DESCRIBE").contains("nonce=\"1\"");
    assertThat(sent()).startsWith("SETUP").contains("nonce=\"1\"");
  }

  @Test
  void reportsAmongThePacketsAreReports() {
    open(false);
    play("", "Session: 7\r\n");
    receive("$\2\0\10\200\310\0\1\0\0\0\7$\2\0\10\200\140\0\1\0\0\0\7");
    assertThat(heard).endsWith("rtcp 80c8000100000007", "rtp 8060000100000007");
  }

  @Test
  void aChallengeIsAnsweredOnTheNextConnectionWhenTheCameraClosesItsOwn() {
    open(true);
    answer("200 OK", "Public: GET_PARAMETER\r\n", "");
    answer("401 Unauthorized", String.format(DIGEST, "1") + "Connection: close\r\n", "");
    channel.close();
    assertThat(heard).containsExactly("ended: closed the connection instead of answering DESCRIBE");
    reopen(true);
    assertThat(answer("200 OK", "", SDP)).startsWith("DESCRIBE").contains("nonce=\"1\"");
    answer("200 OK", "Session: 7\r\n", "");
    answer("200 OK", "", "");
    assertThat(heard).endsWith("playing");
  }

  /** A nonce belongs to its connection at some cameras, and the next one has another. */
  @Test
  void theNextConnectionsNonceIsAnsweredAndTheOneAfterThatIsAWrongPassword() {
    open(true);
    answer("200 OK", "", "");
    answer("401 Unauthorized", String.format(DIGEST, "1"), "");
    channel.close();
    reopen(true);
    answer("401 Unauthorized", String.format(DIGEST, "2"), "");
    assertThat(sent()).startsWith("DESCRIBE").contains("nonce=\"2\"");
    channel.close();
    reopen(true);
    answer("401 Unauthorized", String.format(DIGEST, "3"), "");
    assertThat(heard).last().asString().startsWith("login refused: ");
  }

  @Test
  void aCameraThatClosesEachConnectionIsAskedItsNextQuestionOnAnother() {
    open(false);
    answer("200 OK", "Public: SET_PARAMETER\r\nConnection: Close\r\n", "");
    channel.close();
    reopen(false);
    assertThat(answer("200 OK", "Connection: keep-alive, close\r\n", SDP)).startsWith("DESCRIBE");
    channel.close();
    reopen(false);
    assertThat(answer("200 OK", "Session: 7\r\n", "")).startsWith("SETUP");
    answer("200 OK", "", "");
    pass(20);
    assertThat(sent()).startsWith("SET_PARAMETER");
    assertThat(heard).endsWith("playing");
  }
}
