package io.kydai.streaming.live.whep.sdp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.kydai.streaming.live.whep.dtls.Fingerprint;
import io.kydai.streaming.live.whep.ice.IceCredentials;
import io.kydai.streaming.live.whep.rtp.HeaderExtensions;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Offers, by the words of one of Chromium. */
public class OfferTest {
  /** Of Chromium 140, its codecs but H.264 and VP8 left out. */
  public static final String CHROMIUM =
      """
      v=0
      o=- 4611731400430051336 2 IN IP4 127.0.0.1
      s=-
      t=0 0
      a=group:BUNDLE 0 1
      a=extmap-allow-mixed
      a=msid-semantic: WMS
      m=audio 9 UDP/TLS/RTP/SAVPF 111 63
      c=IN IP4 0.0.0.0
      a=rtcp:9 IN IP4 0.0.0.0
      a=ice-ufrag:EsAw
      a=ice-pwd:P2uYro0UCOQ4zxjKXaWCBui1
      a=ice-options:trickle
      a=fingerprint:sha-256 D2:FA:0E:C3:22:59:5E:14:95:69:92:3D:13:B4:84:24:2C:C2:A2:C0:3E:FD:34:8E:5E:EA:6F:AF:52:CE:E6:0F
      a=setup:actpass
      a=mid:0
      a=recvonly
      a=rtcp-mux
      a=rtpmap:111 opus/48000/2
      a=rtpmap:63 red/48000/2
      m=video 9 UDP/TLS/RTP/SAVPF 96 97 103 104 107 108 109 114
      c=IN IP4 0.0.0.0
      a=rtcp:9 IN IP4 0.0.0.0
      a=ice-ufrag:EsAw
      a=ice-pwd:P2uYro0UCOQ4zxjKXaWCBui1
      a=ice-options:trickle
      a=fingerprint:sha-256 D2:FA:0E:C3:22:59:5E:14:95:69:92:3D:13:B4:84:24:2C:C2:A2:C0:3E:FD:34:8E:5E:EA:6F:AF:52:CE:E6:0F
      a=setup:actpass
      a=mid:1
      a=extmap:2 http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time
      a=extmap:5 http://www.webrtc.org/experiments/rtp-hdrext/playout-delay
      a=recvonly
      a=rtcp-mux
      a=rtcp-rsize
      a=rtpmap:96 VP8/90000
      a=rtcp-fb:96 nack
      a=rtpmap:97 rtx/90000
      a=fmtp:97 apt=96
      a=rtpmap:103 H264/90000
      a=rtcp-fb:103 goog-remb
      a=rtcp-fb:103 transport-cc
      a=rtcp-fb:103 ccm fir
      a=rtcp-fb:103 nack
      a=rtcp-fb:103 nack pli
      a=fmtp:103 level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42001f
      a=rtpmap:104 rtx/90000
      a=fmtp:104 apt=103
      a=rtpmap:107 H264/90000
      a=rtcp-fb:107 nack
      a=fmtp:107 level-asymmetry-allowed=1;packetization-mode=0;profile-level-id=42001f
      a=rtpmap:108 rtx/90000
      a=fmtp:108 apt=107
      a=rtpmap:109 H264/90000
      a=rtcp-fb:109 nack
      a=fmtp:109 level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42e01f
      a=rtpmap:114 H264/90000
      a=rtcp-fb:114 nack
      a=fmtp:114 level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=4d001f
      """
          .replace("\n", "\r\n");

  private static final Answer ANSWER =
      new Answer(
          new IceCredentials("ours", "a-password-of-22-bytes"),
          Fingerprint.of(Fingerprint.Kind.SHA_256, new byte[] {1}),
          List.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), 8189)),
          true);

  private static byte[] sps(int profile, int constraints, int level) {
    return new byte[] {0x67, (byte) profile, (byte) constraints, (byte) level};
  }

  @Test
  void whatMattersOfAnOfferIsRead() throws Exception {
    Offer offer = Offer.parse(CHROMIUM);
    assertThat(offer.ice()).isEqualTo(new IceCredentials("EsAw", "P2uYro0UCOQ4zxjKXaWCBui1"));
    assertThat(offer.fingerprint().toString()).startsWith("sha-256 D2:FA:0E:C3");
    Chosen chosen = offer.choose(sps(0x42, 0x00, 0x28));
    assertThat(chosen.payloadType()).isEqualTo(103);
    assertThat(chosen.retransmission()).isEqualTo(104);
    assertThat(chosen.parameters())
        .isEqualTo("level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=420028");
    assertThat(chosen.feedback()).containsExactly("goog-remb", "ccm fir", "nack", "nack pli");
    assertThat(chosen.extensions().playoutDelay()).isEqualTo(5);
    assertThat(chosen.extensions().absoluteSendTime()).isEqualTo(2);
  }

  /** Packets have numbers only where their arrival is told, and the other way round. */
  @Test
  void arrivalsNeedTheNumberAndTheFeedback() throws Exception {
    String numbered =
        CHROMIUM.replace(
            "a=extmap:5 ", "a=extmap:3 " + HeaderExtensions.TRANSPORT_NUMBER + "\r\na=extmap:5 ");
    Offer offer = Offer.parse(numbered);
    Chosen chosen = offer.choose(sps(0x42, 0x00, 0x28));
    assertThat(chosen.isTransportWide()).isTrue();
    assertThat(chosen.extensions().size()).isEqualTo(16);
    assertThat(ANSWER.text(offer, chosen, new Answer.Sources(1, 2, "kydai-x"), 7).lines())
        .contains("a=extmap:3 " + HeaderExtensions.TRANSPORT_NUMBER, "a=rtcp-fb:103 transport-cc");
    assertThat(offer.choose(sps(0x42, 0xc0, 0x28)).isTransportWide()).isFalse();
    assertThat(Offer.parse(CHROMIUM).choose(sps(0x42, 0x00, 0x28)).isTransportWide()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"0x42, 0xc0, 109", "0x42, 0x00, 103", "0x4d, 0x00, 114"})
  void theFormatIsOfTheCamerasProfile(String profile, String constraints, int type)
      throws Exception {
    byte[] set = sps(Integer.decode(profile), Integer.decode(constraints), 31);
    assertThat(Offer.parse(CHROMIUM).choose(set).payloadType()).isEqualTo(type);
  }

  @Test
  void aProfileThatTheClientDoesNotDecodeIsRefused() throws Exception {
    Offer offer = Offer.parse(CHROMIUM);
    assertThatThrownBy(() -> offer.choose(sps(0x64, 0, 31)))
        .isInstanceOf(UnusableOfferException.class)
        .hasMessageContaining("6400");
    Offer more = Offer.parse(CHROMIUM.replace("4d001f", "f4001f"));
    assertThat(more.choose(sps(0x64, 0, 31)).payloadType()).isEqualTo(114);
  }

  @Test
  void theAnswerKeepsTheOffersSectionsAndItsBundle() throws Exception {
    Offer offer = Offer.parse(CHROMIUM + "m=application 9 UDP/DTLS/SCTP webrtc-datachannel\r\n");
    String answer =
        ANSWER.text(offer, offer.choose(sps(0x42, 0, 31)), new Answer.Sources(-1, 2, "kydai-x"), 7);
    assertThat(answer.lines().filter(line -> line.startsWith("m=")))
        .containsExactly(
            "m=audio 9 UDP/TLS/RTP/SAVPF 111",
            "m=video 9 UDP/TLS/RTP/SAVPF 103 104",
            "m=application 0 UDP/DTLS/SCTP webrtc-datachannel");
    assertThat(answer.lines())
        .contains(
            "a=ice-lite",
            "a=group:BUNDLE 0 1",
            "a=setup:passive",
            "a=candidate:1 1 udp 2130706431 127.0.0.1 8189 typ host",
            "a=ssrc-group:FID 4294967295 2",
            "a=extmap:5 http://www.webrtc.org/experiments/rtp-hdrext/playout-delay")
        .noneMatch(line -> line.contains("transport-cc"));
  }

  @ParameterizedTest
  @CsvSource({
    "a=rtcp-mux, a=x, a=rtcp-mux",
    "a=group:BUNDLE 0 1, a=group:BUNDLE 0, a=group",
    "m=video 9, m=text 9, m=video",
    "UDP/TLS/RTP/SAVPF 96, RTP/AVP 96, m=video",
    "packetization-mode=1, packetization-mode=0, a=rtpmap",
    "a=setup:actpass, a=setup:passive, a=setup",
    "sha-256 D2, sha-1 D2, a=fingerprint",
    "a=recvonly, a=sendonly, a=recvonly",
    "a=ice-pwd:P2uYro0UCOQ4zxjKXaWCBui1, a=ice-pwd:short, a=ice-pwd",
    "a=ice-ufrag:EsAw, a=ice-ufrag:E, a=ice-ufrag",
    "v=0, x=0, v="
  })
  void anOfferThatLacksSomethingIsRefusedByItsName(String from, String to, String field) {
    Throwable refused = catchThrowable(() -> Offer.parse(CHROMIUM.replace(from, to)));
    assertThat(refused).isInstanceOf(UnusableOfferException.class);
    assertThat(((UnusableOfferException) refused).field()).isEqualTo(field);
  }

  @Test
  void aDescriptionIsBounded() {
    String many = CHROMIUM + "a=x\r\n".repeat(Description.MAX_LINES);
    assertThatThrownBy(() -> Offer.parse(many)).isInstanceOf(UnusableOfferException.class);
    String sections = CHROMIUM + "m=text 9 RTP/AVP 1\r\n".repeat(Description.MAX_SECTIONS);
    assertThatThrownBy(() -> Offer.parse(sections)).isInstanceOf(UnusableOfferException.class);
    String wide = CHROMIUM + "a=" + "x".repeat(Description.MAX_LINE) + "\r\n";
    assertThatThrownBy(() -> Offer.parse(wide)).isInstanceOf(UnusableOfferException.class);
  }

  /** Whatever is written, it is read or refused in words. */
  @Test
  void changedOffersAreReadOrRefused() {
    Random random = new Random(9);
    for (int round = 0; round < 3_000; round++) {
      StringBuilder text = new StringBuilder(CHROMIUM);
      for (int i = random.nextInt(8); i >= 0; i--) {
        int at = random.nextInt(text.length());
        switch (random.nextInt(3)) {
          case 0 -> text.setCharAt(at, (char) random.nextInt(256));
          case 1 -> text.deleteCharAt(at);
          default -> text.insert(at, CHROMIUM, 0, random.nextInt(60));
        }
      }
      try {
        Offer offer = Offer.parse(text.toString());
        Chosen chosen = offer.choose(sps(0x42, 0xc0, 31));
        assertThat(ANSWER.text(offer, chosen, new Answer.Sources(1, 2, "kydai-x"), 7))
            .contains("m=video 9 ");
      } catch (UnusableOfferException e) {
        assertThat(e.getMessage()).isNotEmpty();
      }
    }
  }

  @Test
  void aFragmentHasNamesAndCandidates() throws Exception {
    String fragment =
        "a=ice-ufrag:EsAw\r\na=ice-pwd:P2uYro0UCOQ4zxjKXaWCBui1\r\nm=audio 9 UDP/TLS/RTP/SAVPF 0\r\n"
            + "a=mid:0\r\na=candidate:1 1 udp 2130706431 192.0.2.1 61764 typ host\r\n";
    assertThat(IceFragment.parse(fragment).candidates()).isEqualTo(1);
    assertThat(IceFragment.parse(fragment).ice().name()).isEqualTo("EsAw");
    assertThatThrownBy(() -> IceFragment.parse("a=mid:0\r\n"))
        .isInstanceOf(UnusableOfferException.class);
  }
}
