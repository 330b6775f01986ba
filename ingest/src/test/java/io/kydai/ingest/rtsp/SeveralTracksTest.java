package io.kydai.ingest.rtsp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SeveralTracksTest extends EmbeddedSession {
  private static final String ALL =
      "v=0\r\nm=audio 0 RTP/AVP 0\r\na=control:back\r\na=sendonly\r\n"
          + "m=audio 0 RTP/AVP 8\r\na=control:sound\r\n"
          + "m=video 0 RTP/SAVP 96\r\na=rtpmap:96 H264/90000\r\na=control:secret\r\n"
          + "m=video 0 RTP/AVP 97\r\na=rtpmap:97 H265/90000\r\na=control:picture\r\n"
          + "m=video 0 RTP/AVP 96\r\na=rtpmap:96 H264/90000\r\na=control:second\r\n"
          + "m=application 0 RTP/AVP 98\r\na=rtpmap:98 vnd.onvif.metadata/90000\r\n"
          + "a=control:meta\r\n";

  private void describe() {
    open(false);
    answer("200 OK", "", "");
    answer("200 OK", "", ALL);
  }

  @Test
  void picturesSoundAndMetadataAreSetUpInThatOrderAndTheirPacketsToldApart() {
    describe();
    assertThat(answer("200 OK", "Session: 7\r\n", ""))
        .startsWith("SETUP rtsp://camera:554/live/picture ")
        .contains("interleaved=0-1");
    assertThat(answer("200 OK", "Transport: RTP/AVP/TCP;interleaved=10-11\r\n", ""))
        .startsWith("SETUP rtsp://camera:554/live/sound ")
        .contains("interleaved=2-3", "Session: 7\r\n");
    // Channels that are another track's already cannot be meant.
    assertThat(answer("200 OK", "Transport: RTP/AVP/TCP;interleaved=0-1\r\n", ""))
        .startsWith("SETUP rtsp://camera:554/live/meta ")
        .contains("interleaved=4-5");
    assertThat(answer("200 OK", "", "")).startsWith("PLAY rtsp://camera:554/live ");
    receive("$\0\0\1a$\12\0\1b$\13\0\1c$\4\0\1d$\5\0\1e$\2\0\1f");
    assertThat(heard)
        .containsExactly(
            "track rtsp://camera:554/live/picture",
            "track rtsp://camera:554/live/sound",
            "track rtsp://camera:554/live/meta",
            "playing",
            "rtp 61",
            "rtp 1 62",
            "rtcp 1 63",
            "rtp 2 64",
            "rtcp 2 65");
  }

  /** With a blank and before the channels, or in fewer digits; as 0, or as no such number. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ssrc= 4D1C8E20;interleaved=0-1 | ' of source 4d1c8e20'",
        "interleaved=0-1;ssrc=\"9f\" | ' of source 9f'",
        "interleaved=0-1;ssrc=FFFFFFFE;mode=\"PLAY\" | ' of source fffffffe'",
        "interleaved=0-1;ssrc=00000000 | ''",
        "interleaved=0-1;ssrc=1234567890 | ''",
        "interleaved=0-1;ssrc=xyz | ''",
      })
  void theSourceThatTheCameraAnnouncesIsTheTracks(String parameters, String source) {
    open(false);
    answer("200 OK", "", "");
    answer("200 OK", "", SDP);
    answer("200 OK", "Transport: RTP/AVP/TCP;unicast;" + parameters + "\r\n", "");
    assertThat(heard).containsExactly("track rtsp://camera:554/live/picture" + source);
  }

  /** Right or wrong as the log-in is, it is the track's and not the camera's. */
  @ParameterizedTest
  @ValueSource(strings = {"401 Unauthorized", "302 Found", "403 Forbidden"})
  void anAnswerThatEndsOtherSessionsCostsOnlyTheSoundItIsAbout(String status) {
    describe();
    answer("200 OK", "Session: 7\r\n", "");
    answer(status, "Location: rtsp://elsewhere/\r\n" + String.format(DIGEST, "1"), "");
    assertThat(answer("200 OK", "", "")).startsWith("SETUP rtsp://camera:554/live/meta ");
    answer("200 OK", "", "");
    assertThat(heard).endsWith("track rtsp://camera:554/live/meta", "playing");
  }

  @Test
  void aTrackWhoseSetupIsNotAnsweredIsLeftOutAndPlayFollows() {
    describe();
    answer("200 OK", "Session: 7\r\n", "");
    answer("200 OK", "", "");
    assertThat(sent()).startsWith("SETUP rtsp://camera:554/live/meta ").contains("CSeq: 5\r\n");
    pass(3);
    assertThat(sent()).isEmpty();
    pass(1);
    assertThat(sent()).startsWith("PLAY rtsp://camera:554/live ").contains("CSeq: 6\r\n");
    receive("RTSP/1.0 200 OK\r\nCSeq: 5\r\n\r\n$\4\0\1x");
    receive("RTSP/1.0 200 OK\r\nCSeq: 6\r\n\r\n$\0\0\1a");
    assertThat(heard)
        .containsExactly(
            "left out METADATA: did not answer SETUP within 3.333 s",
            "track rtsp://camera:554/live/picture",
            "track rtsp://camera:554/live/sound",
            "playing",
            "rtp 61");
  }

  /** A track of the same session that comes late would get the channels of the next one. */
  @Test
  void afterASilenceNoOtherTrackIsAskedFor() {
    describe();
    answer("200 OK", "Session: 7\r\n", "");
    assertThat(sent()).startsWith("SETUP rtsp://camera:554/live/sound ");
    pass(4);
    assertThat(sent()).startsWith("PLAY rtsp://camera:554/live ");
    assertThat(heard)
        .containsExactly(
            "left out AUDIO: did not answer SETUP within 3.333 s",
            "track rtsp://camera:554/live/picture");
  }

  @Test
  void whatIsNoRtspInTheAnswerAboutATrackIsSkipped() {
    describe();
    answer("200 OK", "Session: 7\r\n", "");
    sent();
    receive("HTTP/1.1 200 OK\r\n\r\n<html>");
    pass(4);
    assertThat(sent()).startsWith("PLAY rtsp://camera:554/live ");
    receive("RTSP/1.0 200 OK\r\nCSeq: 5\r\n\r\n");
    assertThat(heard).endsWith("playing");
  }

  @Test
  void aConnectionThatEndsAtATrackIsBlamedOnThatTrack() {
    describe();
    answer("200 OK", "Session: 7\r\n", "");
    channel.close();
    assertThat(heard)
        .containsExactly("refused [AUDIO]: closed the connection instead of answering SETUP");
  }

  @ParameterizedTest
  @ValueSource(strings = {"500 Internal Server Error", "454 Session Not Found"})
  void aRefusalToPlayIsBlamedOnTheTracksBesideTheVideoOnceEvenIfTheyWereRefused(String status) {
    describe();
    answer("200 OK", "Session: 7\r\n", "");
    answer("200 OK", "", "");
    answer("404 Not Found", "", "");
    answer(status, "", "");
    assertThat(heard).endsWith("refused [AUDIO, METADATA]: answers PLAY with " + status);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"461 Unsupported Transport", "404 Not Found", "500 Internal Server Error"})
  void soundThatCannotBeSetUpIsLeftOutAndTheRestPlays(String status) {
    describe();
    answer("200 OK", "Session: 7\r\n", "");
    answer(status, "", "");
    assertThat(answer("200 OK", "Transport: RTP/AVP/TCP;interleaved=2-3\r\n", ""))
        .startsWith("SETUP rtsp://camera:554/live/meta ")
        .contains("interleaved=2-3");
    answer("200 OK", "", "");
    receive("$\2\0\1b");
    assertThat(heard)
        .containsExactly(
            "track rtsp://camera:554/live/picture",
            "track rtsp://camera:554/live/meta",
            "playing",
            "rtp 1 62");
  }

  @Test
  void aLiveStreamWithoutABeginningIsPlayedFromNow() {
    describe();
    answer("200 OK", "Session: 7\r\n", "");
    answer("200 OK", "", "");
    answer("200 OK", "", "");
    assertThat(answer("457 Invalid Range", "", "")).startsWith("PLAY").contains("Range: npt=0");
    assertThat(answer("200 OK", "", "")).startsWith("PLAY").doesNotContain("Range");
    assertThat(heard).endsWith("playing");
  }
}
