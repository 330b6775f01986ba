package io.kydai.ingest.rtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
            "picture 0 damaged " + nal(SECOND_SLICE),
            "picture 3600 after loss " + nal(SLICE) + nal(SECOND_SLICE),
            "key 7200 " + nal(IDR));
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
