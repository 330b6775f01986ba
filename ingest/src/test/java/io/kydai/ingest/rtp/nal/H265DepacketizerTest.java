package io.kydai.ingest.rtp.nal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kydai.ingest.rtp.VideoReceiver;
import io.kydai.ingest.rtp.packet.CollectedPictures;
import io.kydai.ingest.rtp.packet.MediaException;
import io.kydai.ingest.rtp.packet.Picture;
import io.kydai.ingest.rtp.packet.RtpBytes;
import java.util.List;
import org.junit.jupiter.api.Test;

class H265DepacketizerTest {
  private static final String VPS = "40010c01";
  private static final String SPS = "42010101";
  private static final String PPS = "4401c0f2";

  /**
   * Slices that begin a picture: IDR, clean random access, an ordinary one, a skipped leading one.
   */
  private static final String IDR = "2601ac01";

  private static final String CRA = "2a01ac02";
  private static final String SLICE = "0201d003";
  private static final String RASL = "1201d004";

  /** An ordinary slice that continues a picture. */
  private static final String SECOND_SLICE = "02015005";

  private final CollectedPictures collected = new CollectedPictures();
  private VideoReceiver receiver = new VideoReceiver(96, new H265Depacketizer(collected, false));
  private int sequence = 65534;

  private void packet(long timestamp, boolean marker, String payload) throws MediaException {
    receiver.rtp(RtpBytes.packet(sequence++ & 0xffff, timestamp, marker, payload));
  }

  private static String nal(String hex) {
    return String.format("%08x", hex.length() / 2) + hex;
  }

  @Test
  void singleUnitsAggregatesFragmentsAndPaciGiveTheSame() throws Exception {
    packet(0, false, VPS);
    packet(0, false, SPS);
    packet(0, false, PPS);
    packet(0, true, IDR);
    List<String> single = List.copyOf(collected.found);
    assertThat(single)
        .containsExactly("set " + VPS, "set " + SPS, "set " + PPS, "key 0 " + nal(IDR));

    List<List<String>> others =
        List.of(
            List.of("6001" + "0004" + VPS + "0004" + SPS + "0004" + PPS + "0004" + IDR),
            List.of(VPS, SPS, PPS, "620193ac", "62015301"),
            List.of(VPS, SPS, PPS, "6401" + "2600" + "ac01"),
            List.of(VPS, SPS, PPS, "6401" + "2630" + "abcdef" + "ac01"),
            List.of("6401" + "6000" + "0004" + VPS + "0004" + SPS + "0004" + PPS + "0004" + IDR));
    for (List<String> payloads : others) {
      CollectedPictures same = new CollectedPictures();
      receiver = new VideoReceiver(96, new H265Depacketizer(same, false));
      for (int i = 0; i < payloads.size(); i++) {
        packet(0, i == payloads.size() - 1, payloads.get(i));
      }
      assertThat(same.found).as(payloads.toString()).isEqualTo(single);
    }
  }

  @Test
  void startCodesInPayloadsPartNalUnits() throws Exception {
    String all = VPS + "00000001" + SPS + "000001" + PPS + "00000001" + IDR;
    List<List<String>> ways =
        List.of(
            List.of(all),
            List.of("00000001" + all),
            List.of("6001" + String.format("%04x", all.length() / 2) + all),
            List.of("6201a0" + all.substring(4, 20), "620160" + all.substring(20)),
            List.of("6201a0" + "00000001" + all, "620160"));
    for (List<String> payloads : ways) {
      collected.found.clear();
      for (int i = 0; i < payloads.size(); i++) {
        packet(0, i == payloads.size() - 1, payloads.get(i));
      }
      packet(1, true, SLICE);
      assertThat(collected.found)
          .as(payloads.toString())
          .containsExactly(
              "set " + VPS,
              "set " + SPS,
              "set " + PPS,
              "key 0 " + nal(IDR),
              "picture 1 " + nal(SLICE));
    }
  }

  @Test
  void decodingMayBeginAtARecoveryPoint() throws Exception {
    packet(0, false, "4e010602" + "a0c0" + "80");
    packet(0, true, SLICE);
    packet(1, false, "4e010501" + "a0" + "80");
    packet(1, true, SLICE);
    assertThat(collected.pictures).extracting(Picture::recoveryPoint).containsExactly(true, false);
    assertThat(collected.pictures).noneMatch(Picture::keyFrame);
  }

  @Test
  void aKeyPictureThatAMarkerCutOffLeavesAgainAsAWhole() throws Exception {
    packet(0, true, IDR);
    packet(0, true, "26015005");
    packet(1, true, SLICE);
    packet(2, true, SLICE);
    assertThat(collected.found)
        .containsExactly(
            "key 0 " + nal(IDR),
            "key 0 after loss " + nal(IDR) + nal("26015005"),
            "picture 1 " + nal(SLICE));
  }

  @Test
  void decodingOrderNumbersAreSkippedWhileTheyRise() throws Exception {
    receiver = new VideoReceiver(96, new H265Depacketizer(collected, true));
    packet(0, true, "2601" + "fffe" + "ac01");
    packet(3600, true, "6001" + "ffff" + "0004" + SLICE + "00" + "0004" + SECOND_SLICE);
    packet(7200, false, "620181" + "0001" + "d0");
    packet(7200, true, "620141" + "03");
    assertThat(collected.found)
        .containsExactly(
            "key 0 " + nal(IDR),
            "picture 3600 " + nal(SLICE) + nal(SECOND_SLICE),
            "picture 7200 " + nal(SLICE));
    assertThatThrownBy(() -> packet(10800, true, "0201" + "0000" + "d003"))
        .isInstanceOf(MediaException.class)
        .hasMessageContaining("another order than that of decoding");
  }

  @Test
  void leadingPicturesOfTheFirstKeyFrameAreLeftOutAndThoseOfLaterOnesAreNot() throws Exception {
    packet(0, true, CRA);
    packet(1, true, RASL);
    packet(2, true, SLICE);
    packet(3, true, CRA);
    packet(4, true, RASL);
    sequence++;
    packet(6, true, CRA);
    packet(7, true, RASL);
    assertThat(collected.found)
        .containsExactly(
            "key 0 " + nal(CRA),
            "picture 2 " + nal(SLICE),
            "key 3 " + nal(CRA),
            "picture 4 " + nal(RASL),
            "key 6 after loss " + nal(CRA));
  }

  @Test
  void anEndedSequenceMakesTheNextKeyFrameAFirstOne() throws Exception {
    packet(0, false, CRA);
    packet(0, true, "480180");
    packet(1, true, CRA);
    packet(2, true, RASL);
    packet(3, true, SLICE);
    assertThat(collected.found)
        .containsExactly("key 0 " + nal(CRA), "key 1 " + nal(CRA), "picture 3 " + nal(SLICE));
  }

  @Test
  void delimitersAndOtherLayersAreTakenOutAndMessagesStay() throws Exception {
    packet(0, false, "460150");
    packet(0, false, "4e01aa80");
    packet(0, false, IDR);
    packet(0, true, "2609ac01");
    assertThat(collected.found).containsExactly("key 0 " + nal("4e01aa80") + nal(IDR));
  }

  @Test
  void brokenPayloadsDamageOnlyTheirPicture() throws Exception {
    List<List<String>> broken =
        List.of(
            List.of("620103ac"),
            List.of("620193ac", "620193ac"),
            List.of("620193ac"),
            List.of("6201"),
            List.of("60010004"),
            List.of("6001ffff26"),
            List.of("64016400ac"),
            List.of("640127f0ac"),
            List.of("6401"),
            List.of("7001ac01"),
            List.of("26"));
    long timestamp = 0;
    packet(timestamp++, true, IDR);
    for (List<String> payloads : broken) {
      collected.found.clear();
      for (int i = 0; i < payloads.size(); i++) {
        packet(timestamp, i == payloads.size() - 1, payloads.get(i));
      }
      packet(timestamp + 1, true, SLICE);
      assertThat(collected.found)
          .as(payloads.toString())
          .containsExactly("picture " + (timestamp + 1) + " after loss " + nal(SLICE));
      timestamp += 2;
    }
  }

  @Test
  void ofADamagedPictureTheWholeUnitsLeave() throws Exception {
    packet(0, false, IDR);
    sequence++;
    packet(0, true, "02015005");
    packet(1, true, SLICE);
    assertThat(collected.found)
        .containsExactly(
            "key 0 after loss damaged " + nal(IDR) + nal(SECOND_SLICE),
            "picture 1 after loss " + nal(SLICE));
  }
}
