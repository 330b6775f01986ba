package io.kydai.ingest.rtp.nal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kydai.ingest.rtp.VideoReceiver;
import io.kydai.ingest.rtp.packet.CollectedPictures;
import io.kydai.ingest.rtp.packet.MediaException;
import io.kydai.ingest.rtp.packet.Picture;
import io.kydai.ingest.rtp.packet.PictureReceiver;
import io.kydai.ingest.rtp.packet.RtpBytes;
import io.kydai.ingest.rtp.packet.RtpPacket;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class H264DepacketizerTest {
  private static final String SPS = "6742c028d9";
  private static final String PPS = "68ce3c80";

  /** IDR and non-IDR slices that begin a picture; one that continues a picture. */
  private static final String IDR = "658884aabb";

  private static final String SLICE = "419a24cc";
  private static final String SECOND_SLICE = "41449a24dd";

  private final List<String> found = new ArrayList<>();
  private final List<Long> entries = new ArrayList<>();
  private final VideoReceiver receiver =
      new VideoReceiver(
          96,
          new H264Depacketizer(
              new PictureReceiver() {
                @Override
                public void onParameterSet(byte[] nal) {
                  found.add("set " + HexFormat.of().formatHex(nal));
                }

                @Override
                public void onPicture(Picture picture) {
                  if (picture.recoveryPoint()) {
                    entries.add(picture.timestamp());
                  }
                  found.add(
                      (picture.keyFrame() ? "key " : "picture ")
                          + picture.timestamp()
                          + (picture.afterLoss() ? " after loss " : " ")
                          + (picture.damaged() ? "damaged " : "")
                          + HexFormat.of().formatHex(picture.data()));
                }
              }));
  private int sequence = 65534;

  private void packet(long timestamp, boolean marker, String payload) throws MediaException {
    receiver.rtp(RtpBytes.packet(sequence++ & 0xffff, timestamp, marker, payload));
  }

  private void lose() {
    sequence++;
  }

  private static String nal(String hex) {
    return String.format("%08x", hex.length() / 2) + hex;
  }

  @Test
  void singleNalUnitsEndWithTheMarkerAndParameterSetsAreTakenOut() throws Exception {
    packet(0, false, SPS);
    packet(0, false, PPS);
    packet(0, false, "0605aa80");
    packet(0, true, IDR);
    packet(3600, false, "09f0");
    packet(3600, false, SLICE);
    packet(3600, false, SECOND_SLICE);
    packet(3600, true, "0cff80");
    assertThat(found)
        .containsExactly(
            "set " + SPS,
            "set " + PPS,
            "key 0 " + nal("0605aa80") + nal(IDR),
            "picture 3600 " + nal(SLICE) + nal(SECOND_SLICE));
  }

  @Test
  void aggregatesAndFragmentsGiveTheSameAsSingleUnits() throws Exception {
    packet(0, false, "78" + "0005" + SPS + "0004" + PPS);
    packet(0, false, "7c85" + "8884");
    packet(0, false, "7c05" + "aa");
    packet(0, true, "7c45" + "bb");
    assertThat(found).containsExactly("set " + SPS, "set " + PPS, "key 0 " + nal(IDR));
  }

  @Test
  void withoutMarkersTheNextTimestampEndsAPicture() throws Exception {
    packet(0, false, IDR);
    packet(3600, false, SLICE);
    packet(7200, false, SLICE);
    assertThat(found).containsExactly("key 0 " + nal(IDR), "picture 3600 " + nal(SLICE));
  }

  @Test
  void parameterSetsWithAMarkerOfTheirOwnAreNoPicture() throws Exception {
    packet(0, true, SPS);
    packet(0, true, PPS);
    packet(0, true, IDR);
    assertThat(found).containsExactly("set " + SPS, "set " + PPS, "key 0 " + nal(IDR));
  }

  @Test
  void aMarkerBehindEverySliceIsFoundOut() throws Exception {
    packet(0, true, SLICE);
    packet(0, true, SECOND_SLICE);
    packet(3600, true, SLICE);
    packet(3600, true, SECOND_SLICE);
    packet(7200, true, IDR);
    packet(10800, true, SLICE);
    assertThat(found)
        .containsExactly(
            "picture 0 " + nal(SLICE),
            "picture 0 after loss " + nal(SLICE) + nal(SECOND_SLICE),
            "picture 3600 " + nal(SLICE) + nal(SECOND_SLICE),
            "key 7200 " + nal(IDR));
  }

  /** What a camera sends that puts its encoder's byte stream into packets as it is. */
  @Test
  void startCodesInPayloadsPartNalUnits() throws Exception {
    String all = SPS + "00000001" + PPS + "000001" + "0605aa80" + "0000000001" + IDR;
    List<List<String>> ways =
        List.of(
            List.of(all),
            List.of("00000001" + all),
            List.of("000001" + all + "000001"),
            List.of("78" + hex16(all) + all),
            List.of(
                "78" + hex16("00000001" + SPS) + "00000001" + SPS + "0004" + PPS, "0605aa80", IDR),
            List.of("7c87" + all.substring(2, 20), "7c47" + all.substring(20)),
            List.of("7c85" + "00000001" + all, "7c45"),
            List.of(SPS, PPS, "0605aa80", "7c87" + "000001", "7c47" + IDR));
    for (List<String> payloads : ways) {
      found.clear();
      send(payloads, 0);
      packet(3600, true, SLICE);
      assertThat(found)
          .as(payloads.toString())
          .containsExactly(
              "set " + SPS,
              "set " + PPS,
              "key 0 " + nal("0605aa80") + nal(IDR),
              "picture 3600 " + nal(SLICE));
    }
  }

  @Test
  void aStartCodeMayLieAcrossFragmentsAndOnlyTheLastUnitIsLostWithThem() throws Exception {
    String two = SLICE + "000001" + SECOND_SLICE;
    for (int cut = 4; cut < two.length() - 2; cut += 2) {
      found.clear();
      send(List.of("5c81" + two.substring(2, cut), "5c41" + two.substring(cut)), 0);
      assertThat(found).containsExactly("picture 0 " + nal(SLICE) + nal(SECOND_SLICE));
    }
    found.clear();
    packet(0, false, "5c81" + two.substring(2, 20));
    lose();
    packet(0, true, "5c41dd");
    assertThat(found).containsExactly("picture 0 after loss damaged " + nal(SLICE));
  }

  @Test
  void aFragmentMayBeginAndEndAUnitAtOnceAndLaterOnesMayNameAnotherType() throws Exception {
    packet(0, true, "7cc5" + "8884aabb");
    packet(3600, false, "5c81" + "9a");
    packet(3600, true, "5c47" + "24cc");
    assertThat(found).containsExactly("key 0 " + nal(IDR), "picture 3600 " + nal(SLICE));
  }

  @Test
  void messagesWithAMarkerOfTheirOwnBelongToThePictureBehindThem() throws Exception {
    packet(0, true, "0605aa80");
    packet(0, true, IDR);
    packet(3600, true, "0605bb80");
    packet(3600, true, SLICE);
    assertThat(found)
        .containsExactly(
            "key 0 " + nal("0605aa80") + nal(IDR), "picture 3600 " + nal("0605bb80") + nal(SLICE));
  }

  @Test
  void parameterSetsMayHaveTheTimestampOfThePictureBefore() throws Exception {
    packet(0, true, SLICE);
    packet(0, true, SPS);
    packet(0, false, PPS);
    packet(3600, true, IDR);
    packet(7200, true, SLICE);
    assertThat(found)
        .containsExactly(
            "picture 0 " + nal(SLICE),
            "set " + SPS,
            "set " + PPS,
            "key 3600 " + nal(IDR),
            "picture 7200 " + nal(SLICE));
  }

  private static String hex16(String hex) {
    return String.format("%04x", hex.length() / 2);
  }

  private void send(List<String> payloads, long timestamp) throws MediaException {
    for (int i = 0; i < payloads.size(); i++) {
      packet(timestamp, i == payloads.size() - 1, payloads.get(i));
    }
  }

  @Test
  void aKeyPictureThatAMarkerCutOffLeavesAgainAsAWhole() throws Exception {
    packet(0, true, IDR);
    packet(0, true, SECOND_SLICE);
    packet(0, true, SECOND_SLICE);
    packet(3600, true, SLICE);
    packet(7200, true, SLICE);
    assertThat(found)
        .containsExactly(
            "key 0 " + nal(IDR),
            "key 0 after loss " + nal(IDR) + nal(SECOND_SLICE) + nal(SECOND_SLICE),
            "picture 3600 " + nal(SLICE));
  }

  @Test
  void aMarkerOnEachPacketIsFoundOutWithinANalUnitAndCostsNothing() throws Exception {
    packet(0, true, SPS);
    packet(0, true, "7c858884");
    packet(0, true, "7c05aa");
    packet(0, true, "7c45bb");
    packet(0, true, SECOND_SLICE);
    packet(3600, true, SLICE);
    packet(7200, true, SLICE);
    assertThat(found)
        .containsExactly(
            "set " + SPS, "key 0 " + nal(IDR) + nal(SECOND_SLICE), "picture 3600 " + nal(SLICE));
  }

  @Test
  void whatMarkersMeanIsKeptForTheNextConnection() throws Exception {
    MarkerBits markers = new MarkerBits();
    for (int connection = 0; connection < 2; connection++) {
      CollectedPictures collected = new CollectedPictures();
      H264Depacketizer depacketizer = new H264Depacketizer(collected, markers);
      for (String payload : List.of(IDR, SECOND_SLICE)) {
        depacketizer.accept(parsed(0, payload));
      }
      depacketizer.accept(parsed(3600, SLICE));
      String whole = nal(IDR) + nal(SECOND_SLICE);
      assertThat(collected.found)
          .isEqualTo(
              connection == 0
                  ? List.of("key 0 " + nal(IDR), "key 0 after loss " + whole)
                  : List.of("key 0 " + whole));
    }
  }

  private static RtpPacket parsed(long timestamp, String payload) {
    return RtpPacket.parse(RtpBytes.packet(1, timestamp, true, payload)).orElseThrow();
  }

  @Test
  void markersThatLongEndPicturesOnlyAreBelievedAgain() throws Exception {
    packet(0, true, SLICE);
    packet(0, true, SECOND_SLICE);
    for (int i = 1; i <= 250; i++) {
      packet(i, false, SLICE);
      packet(i, true, SECOND_SLICE);
    }
    assertThat(found).last().asString().startsWith("picture 249 ");
    packet(251, false, SLICE);
    packet(251, true, SECOND_SLICE);
    assertThat(found).last().asString().startsWith("picture 251 ");
  }

  /** A message of recovery_frame_cnt 18 behind another message; a picture of I slices. */
  @Test
  void decodingMayBeginAtRecoveryPointsAndAtIntraPicturesWithTheirParameterSets() throws Exception {
    String intra = "4188844a";
    packet(0, false, "0605020000" + "0604" + "1a2b3c4d" + "80");
    packet(0, true, SLICE);
    packet(1, false, "0605020000" + "0602" + "0990" + "80");
    packet(1, true, SLICE);
    packet(2, true, intra);
    packet(3, true, SPS);
    packet(3, false, intra);
    packet(3, true, "41423fff");
    packet(4, false, SPS);
    packet(4, false, intra);
    packet(4, true, SECOND_SLICE);
    packet(5, false, "060109");
    packet(5, true, SLICE);
    assertThat(entries).containsExactly(0L, 1L, 3L);
  }

  @Test
  void aPictureWithNothingWholeIsDroppedAndTheNextSaysSo() throws Exception {
    packet(0, false, "7c858884");
    lose();
    packet(0, true, "7c45bb");
    packet(3600, true, SLICE);
    packet(7200, true, SLICE);
    assertThat(found)
        .containsExactly("picture 3600 after loss " + nal(SLICE), "picture 7200 " + nal(SLICE));
    assertThat(receiver.lost()).isEqualTo(1);
  }

  @Test
  void ofADamagedPictureTheWholeUnitsLeave() throws Exception {
    packet(0, false, IDR);
    packet(0, false, "7c01449a");
    packet(0, true, SECOND_SLICE);
    packet(3600, false, SLICE);
    lose();
    packet(3600, true, SECOND_SLICE);
    packet(7200, true, SLICE);
    assertThat(found)
        .containsExactly(
            "key 0 damaged " + nal(IDR) + nal(SECOND_SLICE),
            "picture 3600 after loss damaged " + nal(SLICE) + nal(SECOND_SLICE),
            "picture 7200 after loss " + nal(SLICE));
  }

  @Test
  void aPictureThatLostItsBeginningIsDamaged() throws Exception {
    packet(0, true, IDR);
    lose();
    packet(3600, true, SECOND_SLICE);
    packet(7200, false, SLICE);
    lose();
    packet(10800, true, SECOND_SLICE);
    packet(14400, true, SLICE);
    assertThat(found)
        .containsExactly(
            "key 0 " + nal(IDR),
            "picture 3600 after loss damaged " + nal(SECOND_SLICE),
            "picture 7200 after loss damaged " + nal(SLICE),
            "picture 10800 after loss damaged " + nal(SECOND_SLICE),
            "picture 14400 after loss " + nal(SLICE));
  }

  @Test
  void aWholePictureBehindALossIsKept() throws Exception {
    packet(0, true, SLICE);
    lose();
    packet(7200, false, IDR);
    packet(7200, true, SECOND_SLICE);
    assertThat(found)
        .containsExactly(
            "picture 0 " + nal(SLICE), "key 7200 after loss " + nal(IDR) + nal(SECOND_SLICE));
  }

  @Test
  void brokenFragmentsAndAggregatesDamageOnlyTheirPicture() throws Exception {
    List<List<String>> broken =
        List.of(
            List.of("7c05aa"),
            List.of("7c858884", "7c858884", "7c05aa"),
            List.of("7c858884", "06"),
            List.of("7c858884"),
            List.of("7c"),
            List.of("780005"),
            List.of("78ffff6588"),
            List.of("1e00"));
    long timestamp = 0;
    for (List<String> payloads : broken) {
      found.clear();
      for (int i = 0; i < payloads.size(); i++) {
        packet(timestamp, i == payloads.size() - 1, payloads.get(i));
      }
      packet(timestamp + 3600, true, SLICE);
      assertThat(found)
          .as(payloads.toString())
          .containsExactly("picture " + (timestamp + 3600) + " after loss " + nal(SLICE));
      timestamp += 7200;
    }
  }

  @Test
  void duplicatesForeignPayloadTypesAndNoPacketsAtAllArePassedOver() throws Exception {
    packet(0, true, IDR);
    sequence--;
    packet(0, true, IDR);
    receiver.rtp(RtpBytes.packet(9, 0, true, IDR).setByte(1, 0x80 | 97));
    receiver.rtp(RtpBytes.packet(9, 0, true, IDR).setByte(0, 0));
    receiver.rtp(RtpBytes.packet(9, 0, true, IDR).writerIndex(11));
    assertThat(found).containsExactly("key 0 " + nal(IDR));
    assertThat(receiver.received()).isEqualTo(1);
  }

  @Test
  void aNewSourceIsALossThoughItsNumbersFit() throws Exception {
    packet(0, true, IDR);
    receiver.rtp(RtpBytes.packet(sequence & 0xffff, 5, true, IDR).setInt(8, 8));
    assertThat(found).last().isEqualTo("key 5 after loss " + nal(IDR));
  }

  @Test
  void anEndlessPictureEndsTheConnection() throws Exception {
    String large = "7c05" + "aa".repeat(60_000);
    packet(0, false, "7c858884");
    assertThatThrownBy(
            () -> {
              for (int i = 0; i < 200; i++) {
                packet(0, false, large);
              }
            })
        .isInstanceOf(MediaException.class)
        .hasMessage("sends an access unit of more than 8388608 bytes");
  }

  @Test
  void interleavedPacketisationIsNamed() {
    assertThatThrownBy(() -> packet(0, true, "7900010203"))
        .isInstanceOf(MediaException.class)
        .hasMessageContaining("type 25");
  }

  @Test
  void everyCutPacketIsPassedOverOrDamaged() throws Exception {
    byte[] extended =
        HexFormat.of()
            .parseHex("b2600001000000000000000700000001000000020001000144444444" + IDR + "0102");
    for (int length = 0; length < extended.length; length++) {
      RtpPacket.parse(Unpooled.wrappedBuffer(extended, 0, length))
          .ifPresent(packet -> assertThat(packet.payload().readableBytes()).isLessThan(8));
    }
  }

  @Test
  void headersBeforeThePayloadAndPaddingBehindItAreSkipped() throws Exception {
    // Version 2 with padding, an extension of one word and two contributing sources.
    receiver.rtp(
        Unpooled.wrappedBuffer(
            HexFormat.of()
                .parseHex(
                    "b2e0000100000000000000070000000100000002000100014444444"
                        + "4"
                        + IDR
                        + "0002")));
    assertThat(found).containsExactly("key 0 " + nal(IDR));
  }
}
