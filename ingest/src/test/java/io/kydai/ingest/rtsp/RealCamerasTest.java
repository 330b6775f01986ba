package io.kydai.ingest.rtsp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kydai.ingest.SharedData;
import io.kydai.ingest.h264.NalUnits;
import io.kydai.ingest.h264.PictureParameterSet;
import io.kydai.ingest.h264.SequenceParameterSet;
import io.kydai.ingest.rtp.SpropParameterSets;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What real cameras said, as others collected it. */
class RealCamerasTest {
  private static final String BASE = "rtsp://camera/stream";

  /** Encrypted RTP, which was not asked for; the index calls them H.264. */
  private static final Set<String> ENCRYPTED =
      Set.of(
          "gortsplib-desc_key-mgmt-in-session.sdp",
          "gortsplib-desc_key-mgmt-in-media.sdp",
          "gortsplib-desc_multiple-formats-for-each-media.sdp");

  private static final Pattern JPEG_BY_NUMBER = Pattern.compile("m=video \\S+ RTP/AVP 26\\s");

  @Test
  void everyDescriptionOfKnownVideoGivesItsTrackAndEveryOtherSaysWhatItOffers() throws Exception {
    Path folder = SharedData.assumeThere("sdp");
    List<String> rows = Files.readAllLines(folder.resolve("INDEX.tsv"));
    int found = 0;
    for (String row : rows.subList(1, rows.size())) {
      String[] columns = row.split("\t", -1);
      String text = Files.readString(folder.resolve(columns[0]), UTF_8);
      SessionDescription session = SessionDescription.parse(text);
      boolean known =
          (Stream.of(columns[4].split(",")).anyMatch(Set.of("H264", "H265")::contains)
                  || JPEG_BY_NUMBER.matcher(text).find())
              && !ENCRYPTED.contains(columns[0]);
      if (!known) {
        assertThatThrownBy(() -> MediaTracks.choose(session, BASE))
            .as(columns[0])
            .isInstanceOf(RtspException.class)
            .hasMessageStartingWith("offers no H.264, H.265 or JPEG video, but ");
        continue;
      }
      MediaTrack track = MediaTracks.choose(session, BASE).get(0);
      found++;
      assertThat(track.control()).as(columns[0]).startsWith("rtsp://");
      for (byte[] set : SpropParameterSets.of(track.parameters())) {
        if (NalUnits.type(set[0]) == NalUnits.SEQUENCE_PARAMETER_SET) {
          assertThat(SequenceParameterSet.parse(set).width()).as(columns[0]).isBetween(128, 8192);
        } else if (NalUnits.type(set[0]) == NalUnits.PICTURE_PARAMETER_SET) {
          assertThat(PictureParameterSet.parse(set).id()).as(columns[0]).isNotNegative();
        }
      }
    }
    assertThat(found).isGreaterThanOrEqualTo(25);
  }

  @Test
  void oddDescriptionsGiveTheRightTrack() throws Exception {
    Path folder = SharedData.assumeThere("sdp");
    Map<String, String> expected =
        Map.of(
            "go2rtc_testbugsdp2.sdp", "rtsp://camera/stream/track0 96 [Z0IAH5WoFAFuQA==, aM48gA==]",
            "go2rtc_testmissedcontrol.sdp",
                "rtsp://camera/stream 98 [Z2QAKaw0yAeAIn5cBagICAoAAAfQAAE4gdDAAjhAACOEF3lxoYAEcIAARwgu8uFA, aO48MAA=]",
            "gortsplib_issue-gortsplib-85-flir-timing.sdp",
                "rtsp://172.16.2.20/sid=96&overlay=on 111 [Z0IAHqtAUB7I, aM4xEg==]",
            "gortsplib_unordered-global-attributes.sdp",
                "rtsp://camera/stream?ctype=video 96 [Z00AHpWoKAv+VA==, aO48gA==]",
            "gortsplib_issue-gortsplib-448-no-v-0-at-start.sdp",
                "rtsp://camera/stream/trackID=0 96 []");
    for (Map.Entry<String, String> one : expected.entrySet()) {
      SessionDescription session =
          SessionDescription.parse(Files.readString(folder.resolve(one.getKey()), UTF_8));
      MediaTrack track = MediaTracks.choose(session, BASE).get(0);
      String sets =
          SpropParameterSets.of(track.parameters()).stream()
              .map(set -> Base64.getEncoder().encodeToString(set))
              .toList()
              .toString();
      assertThat(track.control() + " " + track.payloadType() + " " + sets)
          .isEqualTo(one.getValue());
    }
  }

  @Test
  void aCameraOfMotionJpegGivesItsTrack() throws Exception {
    Path folder = SharedData.assumeThere("sdp");
    SessionDescription session =
        SessionDescription.parse(Files.readString(folder.resolve("go2rtc_testbugsdp6.sdp")));
    MediaTrack track = MediaTracks.choose(session, BASE).get(0);
    assertThat(track.encoding() + " " + track.payloadType()).isEqualTo("JPEG 26");
  }

  @Test
  void everyTranscriptIsReadAsOneAnswer() throws Exception {
    try (Stream<Path> files = Files.list(SharedData.assumeThere("rtsp-transcripts"))) {
      for (Path file : files.toList()) {
        byte[] bytes = Files.readAllBytes(file);
        if (!new String(bytes, UTF_8).startsWith("RTSP/")) {
          assertThat(SessionDescription.parse(new String(bytes, UTF_8)).media()).isNotEmpty();
          continue;
        }
        EmbeddedChannel channel = new EmbeddedChannel(new RtspDemultiplexer());
        channel.writeInbound(Unpooled.wrappedBuffer(bytes));
        RtspMessage.Response response = channel.readInbound();
        assertThat(response).as(file.toString()).isNotNull();
        assertThat(channel.<Object>readInbound()).isNull();
        channel.finish();
        readFields(response);
      }
    }
  }

  private static void readFields(RtspMessage.Response response) throws RtspException {
    response
        .headers()
        .first("Session")
        .ifPresent(header -> assertThat(SessionHeader.parse(header).id()).isNotEmpty());
    for (String header : response.headers().all("WWW-Authenticate")) {
      assertThat(Challenge.parse(header)).isNotEmpty();
    }
    if (response.body().length > 0) {
      String text = new String(response.body(), UTF_8);
      assertThat(SessionDescription.parse(text).media()).isNotEmpty();
    }
  }
}
