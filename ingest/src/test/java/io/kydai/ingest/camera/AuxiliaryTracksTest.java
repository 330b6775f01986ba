package io.kydai.ingest.camera;

import static org.assertj.core.api.Assertions.assertThat;

import io.kydai.ingest.media.AudioFrame;
import io.kydai.ingest.media.MetadataDocument;
import io.kydai.ingest.rtp.packet.RtpBytes;
import io.kydai.ingest.rtsp.description.MediaTrack;
import io.kydai.ingest.rtsp.description.MediaTrack.Kind;
import io.kydai.ingest.source.CameraId;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Payload formats of sound and metadata, from packets to what subscribers get. */
class AuxiliaryTracksTest {
  private static final Map<String, String> HIGH_RATE =
      Map.of("mode", "AAC-hbr", "sizelength", "13", "indexlength", "3", "config", "1210");

  private final List<AudioFrame> audio = new ArrayList<>();
  private final List<String> documents = new ArrayList<>();
  private final TrackAlignment alignment = new TrackAlignment();
  private AuxiliaryTracks tracks;
  private long mediaClock = 90_000;
  private int sequence = 65_530;

  private void open(Kind kind, String encoding, int rate, Map<String, String> parameters) {
    MediaTrack video = track(0, Kind.VIDEO, "H264", 90_000, Map.of());
    tracks =
        new AuxiliaryTracks(
            new CameraId("gate"),
            List.of(video, track(1, kind, encoding, rate, parameters)),
            Clock.fixed(Instant.EPOCH, ZoneOffset.UTC),
            () -> mediaClock,
            alignment,
            new AuxiliaryTracks.Output() {
              @Override
              public void onAudio(AudioFrame frame) {
                audio.add(frame);
              }

              @Override
              public void onMetadata(MetadataDocument document) {
                documents.add(StandardCharsets.UTF_8.decode(document.xml()).toString());
              }
            });
  }

  private static MediaTrack track(
      int index, Kind kind, String encoding, int rate, Map<String, String> parameters) {
    return new MediaTrack(index, kind, "rtsp://camera/x", 96, encoding, rate, 1, parameters);
  }

  private void packet(long timestamp, boolean marker, String payload) {
    tracks.rtp(1, RtpBytes.packet(sequence++ & 0xffff, timestamp, marker, payload));
  }

  private List<String> described() {
    return audio.stream()
        .map(
            frame -> {
              byte[] data = new byte[frame.data().remaining()];
              frame.data().get(data);
              return frame.mediaTime()
                  + (frame.discontinuity() ? " first " : " ")
                  + HexFormat.of().formatHex(data);
            })
        .toList();
  }

  @Test
  void g711GoesOnAsItCameAcrossTheWrapOfItsTimestamps() {
    open(Kind.AUDIO, "PCMA", 8000, Map.of());
    packet(0xffff_ff60L, true, "d5d5");
    mediaClock += 1800;
    packet(0, false, "aabb");
    sequence++;
    packet(320, false, "ccdd");
    assertThat(described()).containsExactly("90000 first d5d5", "91800 aabb", "95400 first ccdd");
    assertThat(audio.get(0).parameters()).hasToString("PCMA 8000 Hz x1");
  }

  /** RFC 3550, section 6.4.1: the sender's SSRC, NTP time, RTP time and its counts. */
  private void senderReport(long seconds, long timestamp) {
    tracks.rtcp(
        1,
        Unpooled.buffer()
            .writeShort(0x80c8)
            .writeShort(6)
            .writeInt(RtpBytes.packet(0, 0, false, "00").getInt(8))
            .writeLong(seconds + 2_208_988_800L << 32)
            .writeInt((int) timestamp)
            .writeLong(0));
  }

  /** The sound arrives 1 s after the picture of the same moment, and its camera lives in 1970. */
  @Test
  void theSenderReportsOfBothTracksSayWhichSoundBelongsToWhichPicture() {
    open(Kind.AUDIO, "PCMU", 8000, Map.of());
    packet(0, true, "01");
    alignment.picture(90_000, Instant.ofEpochSecond(7));
    senderReport(7, 1600);
    packet(1600, true, "02");
    senderReport(8, 9600);
    mediaClock += 90_000;
    packet(9600, true, "03");
    packet(9760, true, "04");
    assertThat(described())
        .containsExactly("90000 first 01", "108000 02", "180000 03", "181800 04");
    alignment.picture(1_000_000, Instant.ofEpochSecond(9));
    packet(17_600, true, "05");
    assertThat(described()).last().as("reports that cannot be").isEqualTo("270000 05");
  }

  @Test
  void packetsOfAnotherSourceAmongThoseOfTheSoundAreDropped() {
    open(Kind.AUDIO, "PCMU", 8000, Map.of());
    packet(0, true, "01");
    packet(160, true, "02");
    for (int i = 0; i < 3; i++) {
      tracks.rtp(1, RtpBytes.packet(500 + i, i * 160, true, "ff").setInt(8, 8));
    }
    packet(320, true, "03");
    assertThat(described()).containsExactly("90000 first 01", "91800 02", "93600 03");
  }

  @Test
  void timestampsThatJumpOrStandStillFollowTheArrival() {
    open(Kind.AUDIO, "PCMU", 8000, Map.of());
    packet(0, true, "01");
    mediaClock += 900;
    packet(8_000_000, true, "02");
    mediaClock += 900;
    packet(8_000_160, true, "03");
    packet(100, true, "04");
    assertThat(audio)
        .extracting(AudioFrame::mediaTime)
        .containsExactly(90_000L, 90_900L, 92_700L, 92_700L);
  }

  @Test
  void aacComesOutOfAggregatesAndFragments() {
    open(Kind.AUDIO, "MPEG4-GENERIC", 48_000, HIGH_RATE);
    packet(0, true, "0020" + "0010" + "0018" + "aabb" + "ccddee");
    packet(2048, false, "0010" + "0020" + "0102");
    packet(2048, true, "0010" + "0020" + "0304");
    packet(3072, true, "0010" + "0008" + "ff");
    assertThat(described())
        .containsExactly("90000 first aabb", "91920 ccddee", "93840 01020304", "95760 ff");
    assertThat(audio.get(0).parameters().configuration()).isEqualTo(new byte[] {0x12, 0x10});
  }

  @Test
  void brokenAacIsPassedOverAndTheNextFrameSaysSo() {
    open(Kind.AUDIO, "MPEG4-GENERIC", 48_000, HIGH_RATE);
    packet(0, true, "0010" + "0008" + "aa");
    for (String broken :
        List.of(
            "",
            "00",
            "0010",
            "00100008",
            "0000aa",
            "0011000800aa",
            "0010000aaa",
            "0010000000",
            "0020ffff0010" + "aabb",
            "ffff" + "00")) {
      packet(1024, true, broken);
    }
    packet(2048, false, "0010" + "0020" + "0102");
    packet(3072, true, "0010" + "0008" + "bb");
    assertThat(described()).containsExactly("90000 first aa", "95760 first bb");
  }

  @Test
  void aacThatCannotBeUnderstoodIsLeftOut() {
    for (Map<String, String> parameters :
        List.of(
            Map.<String, String>of(),
            Map.of("mode", "AAC-hbr"),
            Map.of("mode", "AAC-hbr", "config", "zz"),
            Map.of("mode", "AAC-hbr", "config", "1210", "sizelength", "16"),
            Map.of("mode", "generic", "config", "1210"))) {
      open(Kind.AUDIO, "MPEG4-GENERIC", 48_000, parameters);
      packet(0, true, "0010" + "0008" + "aa");
    }
    open(Kind.AUDIO, "G726-32", 8000, Map.of());
    packet(0, true, "aa");
    assertThat(audio).isEmpty();
  }

  @Test
  void documentsEndWithTheMarkerAndThoseWithHolesAreDropped() {
    open(Kind.METADATA, "VND.ONVIF.METADATA", 90_000, Map.of());
    String half = HexFormat.of().formatHex("<a>".getBytes(StandardCharsets.UTF_8));
    String rest = HexFormat.of().formatHex("</a>".getBytes(StandardCharsets.UTF_8));
    packet(0, false, half);
    packet(0, true, rest);
    packet(1, false, half);
    sequence++;
    packet(1, true, rest);
    packet(2, true, half + rest);
    packet(3, true, "");
    assertThat(documents).containsExactly("<a></a>", "<a></a>");
  }

  @Test
  void anEndlessDocumentIsDroppedAndTheNextOneComes() {
    open(Kind.METADATA, "VND.ONVIF.METADATA", 90_000, Map.of());
    for (int i = 0; i < 20; i++) {
      packet(0, false, "20".repeat(30_000));
    }
    packet(0, true, "20");
    packet(1, true, "3c612f3e");
    assertThat(documents).containsExactly("<a/>");
  }
}
