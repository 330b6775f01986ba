package io.kydai.ingest.rtsp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kydai.ingest.SharedData;
import io.kydai.ingest.codec.h264.H264PictureParameterSet;
import io.kydai.ingest.codec.h264.H264SequenceParameterSet;
import io.kydai.ingest.codec.h264.NalUnits;
import io.kydai.ingest.login.Challenge;
import io.kydai.ingest.rtp.nal.SpropParameterSets;
import io.kydai.ingest.rtsp.description.MediaTrack;
import io.kydai.ingest.rtsp.description.MediaTracks;
import io.kydai.ingest.rtsp.description.SessionDescription;
import io.kydai.ingest.rtsp.message.InterleavedFrame;
import io.kydai.ingest.rtsp.message.RtspException;
import io.kydai.ingest.rtsp.message.RtspMessage;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What real cameras said, as others collected it. */
class RealCamerasTest {
  private static final String BASE = "rtsp://camera/stream";

  /**
   * The values expected are in {@code sdp-expected.tsv}, read off the files without our parser; the
   * parameter sets are those of {@code sprop-} and {@code config} in the order VPS, SPS, PPS.
   */
  @Test
  void everyDescriptionGivesTheTracksThatAreExpectedOrSaysWhatItOffers() throws Exception {
    Path folder = SharedData.assumeThere("sdp");
    Map<String, List<String>> expected = expected();
    List<String> rows = Files.readAllLines(folder.resolve("INDEX.tsv"));
    for (String row : rows.subList(1, rows.size())) {
      String file = row.split("\t", -1)[0];
      SessionDescription session =
          SessionDescription.parse(Files.readString(folder.resolve(file), UTF_8));
      assertThat(expected).containsKey(file);
      if (expected.get(file).equals(List.of("none"))) {
        assertThatThrownBy(() -> MediaTracks.choose(session, BASE))
            .as(file)
            .isInstanceOf(RtspException.class)
            .hasMessageStartingWith("offers no H.264, H.265 or JPEG video, but ");
        continue;
      }
      List<MediaTrack> tracks = MediaTracks.choose(session, BASE);
      assertThat(tracks.stream().map(RealCamerasTest::row))
          .as(file)
          .containsExactlyElementsOf(expected.get(file));
      if (tracks.get(0).encoding().equals("H264")) {
        decodable(file, tracks.get(0));
      }
    }
    assertThat(expected).hasSize(rows.size() - 1);
  }

  private static Map<String, List<String>> expected() throws IOException {
    try (InputStream table = RealCamerasTest.class.getResourceAsStream("sdp-expected.tsv")) {
      return new String(table.readAllBytes(), UTF_8)
          .lines()
          .skip(1)
          .map(line -> line.split("\t", 2))
          .collect(groupingBy(cut -> cut[0], mapping(cut -> cut[1], toList())));
    }
  }

  private static String row(MediaTrack track) {
    String sets =
        Stream.of("sprop-vps", "sprop-sps", "sprop-pps", "sprop-parameter-sets", "config")
            .filter(track.parameters()::containsKey)
            .map(track.parameters()::get)
            .collect(joining(" "));
    return String.join(
        "\t",
        track.kind().name().toLowerCase(Locale.ROOT),
        track.encoding(),
        Integer.toString(track.payloadType()),
        Integer.toString(track.clockRate()),
        Integer.toString(track.channels()),
        track.control(),
        sets);
  }

  private static void decodable(String file, MediaTrack track) throws Exception {
    for (byte[] set : SpropParameterSets.of(track.parameters())) {
      if (NalUnits.type(set[0]) == NalUnits.SEQUENCE_PARAMETER_SET) {
        assertThat(H264SequenceParameterSet.parse(set).width()).as(file).isBetween(128, 8192);
      } else if (NalUnits.type(set[0]) == NalUnits.PICTURE_PARAMETER_SET) {
        assertThat(H264PictureParameterSet.parse(set).id()).as(file).isNotNegative();
      }
    }
  }

  @Test
  void aCameraWithoutAKnownCodecNamesItsOwn() throws Exception {
    Path folder = SharedData.assumeThere("sdp");
    SessionDescription session =
        SessionDescription.parse(
            Files.readString(folder.resolve("gortsplib_issue-mediamtx-136-rs-bandwidth.sdp")));
    assertThatThrownBy(() -> MediaTracks.choose(session, BASE))
        .hasMessage(
            "offers no H.264, H.265 or JPEG video, but video X-ASF-PF, application X-WMS-RTX");
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
        EmbeddedChannel channel = InterleavedFrame.openChannel();
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
      assertThat(Challenge.parse(List.of(header))).isNotEmpty();
    }
    if (response.body().length > 0) {
      String text = new String(response.body(), UTF_8);
      assertThat(SessionDescription.parse(text).media()).isNotEmpty();
    }
  }

  @Test
  void offeredFeedbackIsFoundForItsFormatAndForAll() throws Exception {
    Path file =
        SharedData.assumeThere("sdp").resolve("gortsplib-desc_multiple-formats-for-each-media.sdp");
    SessionDescription session = SessionDescription.parse(Files.readString(file, UTF_8));
    List<SessionDescription.Format> formats =
        session.media().stream().flatMap(media -> media.formats().stream()).toList();
    assertThat(formats)
        .filteredOn(format -> format.payloadType() == 96)
        .singleElement()
        .satisfies(format -> assertThat(format.parameters().get("rtcp-fb")).contains("nack pli"));

    SessionDescription forAll =
        SessionDescription.parse(
            "m=video 0 RTP/AVPF 96\r\na=rtcp-fb:* ccm fir\r\na=rtpmap:96 H264/90000\r\n");
    assertThat(forAll.media().get(0).formats().get(0).parameters())
        .isEqualTo(Map.of("rtcp-fb", "ccm fir; "));
  }
}
