package io.kydai.ingest.rtsp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.kydai.ingest.Capture;
import io.kydai.ingest.SharedData;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What real cameras answered, said once more to our session, which asks its own questions. */
class ReplayedCamerasTest extends EmbeddedSession {
  private static final String OK = "RTSP/1.0 200 OK\r\n\r\n";
  private static final String SETUP_OK = "RTSP/1.0 200 OK\r\nSession: 7\r\n\r\n";

  private static String transcript(String name) throws IOException {
    return Files.readString(
        SharedData.assumeThere("rtsp-transcripts/retina_" + name + ".txt"), ISO_8859_1);
  }

  /** The request's first line without its protocol, the camera's address being cut. */
  private static String target(String request) {
    return request.substring(0, request.indexOf(" RTSP/1.0"));
  }

  /** {@code -} stands for an answer that was not recorded. All their CSeq are not ours. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "dahua_options dahua_describe_h264_aac_onvif dahua_setup - - dahua_play"
            + "| rtsp://192.168.5.111:554/cam/realmonitor?channel=1&subtype=1&unicast=true&proto=Onvif/"
            + "| trackID=0 trackID=1 trackID=4",
        "dahua_options dahua_describe_h265_pcma dahua_setup - dahua_play"
            + "| rtsp://cam-driveway/cam/realmonitor?channel=1&subtype=2/"
            + "| trackID=0 trackID=1",
        "- reolink_describe reolink_setup - reolink_play"
            + "| rtsp://192.168.5.206/h264Preview_01_main/ | trackID=1 trackID=2",
        "- reolink_describe_control_first reolink_setup - reolink_play"
            + "| rtsp://192.168.5.206/h264Preview_01_main/ | trackID=1 trackID=2",
        "- bunny_describe bunny_setup - bunny_play"
            + "| rtsp://wowzaec2demo.streamlock.net/vod/mp4:BigBuckBunny_115k.mov/"
            + "| trackID=2 trackID=1",
        "- gw_main_describe gw_main_setup_video gw_main_setup_audio gw_main_play"
            + "| rtsp://192.168.1.110:5050/H264?channel=1&subtype=0&unicast=true&proto=Onvif"
            + "| /video /audio",
        "- gw_sub_describe gw_sub_setup gw_sub_play"
            + "| rtsp://192.168.1.110:5049/H264?channel=1&subtype=1&unicast=true&proto=Onvif"
            + "| /video",
        "- foscam_describe - - - | rtsp://192.168.5.107:65534/videoMain/ | track1 track2",
        "- anjvision_describe luckfox_rkipc_setup_tcp laureii_play"
            + "| rtsp://camera:554/live | /trackID=1",
        "- ipcam_describe hikvision_setup_ssrc_space bad_rtptime"
            + "| rtsp://camera:554/live | /trackID=1",
        "- macrovideo_describe - - | rtsp://camera:554/live | /track1",
        "- missing_content_type_describe - - - | rtsp://camera:554/live | /streamid=0 /streamid=1",
        "- vstarcam_describe - - - | rtsp://camera:554/live | /track0 /track1",
      })
  void theCameraIsAskedForItsTracksAsItNamedThemAndPlays(
      String transcripts, String aggregate, String tracks) throws Exception {
    open(false);
    List<String> asked = new ArrayList<>();
    for (String name : transcripts.split(" ")) {
      String request = sent();
      asked.add(target(request));
      String standIn = request.startsWith("SETUP") ? SETUP_OK : OK;
      receive(name.equals("-") ? standIn : transcript(name));
    }
    List<String> expected =
        new ArrayList<>(
            List.of("OPTIONS rtsp://camera:554/live", "DESCRIBE rtsp://camera:554/live"));
    Arrays.stream(tracks.split(" ")).forEach(one -> expected.add("SETUP " + aggregate + one));
    expected.add("PLAY " + aggregate);
    assertThat(asked).isEqualTo(expected);
    assertThat(heard).last().isEqualTo("playing");
  }

  @Test
  void hikvisionsAddressesWithQueriesAreAskedForAsTheyAre() throws Exception {
    open(false);
    receive(OK);
    receive(transcript("hikvision_describe"));
    String base = "rtsp://192.168.5.106:554/Streaming/Channels/101/";
    String query = "?transportmode=unicast&profile=Profile_1";
    assertThat(sent()).contains("SETUP " + base + "trackID=1" + query + " RTSP/1.0");
    receive(transcript("hikvision_setup"));
    assertThat(sent()).contains("SETUP " + base + "trackID=3" + query + " RTSP/1.0");
    receive(OK);
    assertThat(sent()).contains("PLAY " + base + query + " RTSP/1.0");
    receive(transcript("hikvision_play"));
    assertThat(heard).last().isEqualTo("playing");
    session.close();
    sent();
    receive(transcript("reolink_teardown"));
    assertThat(channel.isOpen()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "h264dvr_describe, h264dvr_setup_video",
    "ipcam_describe, luckfox_rkipc_setup_udp",
  })
  void aCameraThatAnswersWithAnotherTransportThanItWasAskedForIsAskedForThat(
      String description, String setup) throws Exception {
    open(false);
    receive(OK);
    receive(transcript(description));
    receive(transcript(setup));
    assertThat(heard)
        .singleElement()
        .asString()
        .startsWith("transport refused: agrees to another transport than RTP over TCP: RTP/AVP;");
  }

  @Test
  void longsesChallengeWithoutQopOrAlgorithmIsAnswered() throws Exception {
    open(true);
    sent();
    receive(transcript("longse_unauthorized"));
    assertThat(sent())
        .startsWith("OPTIONS")
        .contains("realm=\"Surveillance Server\", nonce=\"98481030\"")
        .doesNotContain("qop");
  }

  @Test
  void aWholeCapturedSessionIsPulledOnceMore() throws Exception {
    var file = SharedData.assumeThere("pcap/rtsp_tcp_h265_pcma_digest_uniview-like.pcap");
    open(true);
    receive(OK); // Its client had asked for OPTIONS earlier.
    StringBuilder asked = new StringBuilder();
    for (ByteBuf segment : Capture.payloads(file, 554)) {
      asked.append(sent());
      channel.writeInbound(segment.retainedDuplicate());
    }
    String base = "rtsp://172.168.1.17:554/unicast/c296/s0/live/forward";
    assertThat(asked)
        .contains(
            "Authorization: Digest username=\"user\", realm=\"48ea6362b25c\"",
            "Session: 25321941\r\n",
            "SETUP rtsp://camera:554/live/video RTSP/1.0",
            "SETUP rtsp://camera:554/live/audio RTSP/1.0",
            "PLAY rtsp://camera:554/live RTSP/1.0")
        .doesNotContain(base, "secret");
    // Its first sound came before its answer to PLAY.
    assertThat(heard.stream().filter(one -> !one.startsWith("rt")))
        .containsExactly(
            "track rtsp://camera:554/live/video", "track rtsp://camera:554/live/audio", "playing");
    assertThat(heard.stream().filter(one -> one.matches("rtp [0-9a-f]+"))).hasSize(594);
    assertThat(heard.stream().filter(one -> one.startsWith("rtp 1 "))).isNotEmpty();
  }
}
