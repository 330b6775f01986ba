package io.kydai.streaming.live.whep.srtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** SRTP and SRTCP, by the examples of RFC 3711 and of libsrtp, which others hold theirs to. */
class SecureSenderTest {
  private static final byte[] KEY = hex("e1f97a0d3e018be0d64fa32c06de4139");
  private static final byte[] SALT = hex("0ec675ad498afeebb6960b3aabe6");
  private static final byte[] GCM_KEY = hex("000102030405060708090a0b0c0d0e0f");
  private static final byte[] GCM_SALT = hex("a0a1a2a3a4a5a6a7a8a9aaab");
  private static final String RTP = "800f1234decafbadcafebabe" + "ab".repeat(16);
  private static final String RTCP = "81c8000bcafebabe" + "ab".repeat(16);

  private static byte[] hex(String text) {
    return HexFormat.of().parseHex(text);
  }

  private static MasterKeys keys(ProtectionProfile profile) {
    boolean gcm = profile == ProtectionProfile.AEAD_AES_128_GCM;
    byte[] key = gcm ? GCM_KEY : KEY;
    byte[] salt = gcm ? GCM_SALT : SALT;
    return new MasterKeys(profile, key, salt, key, salt);
  }

  /** RFC 3711, appendix B.3. */
  @Test
  void keysAreDerivedAsTheStandardDoes() {
    SessionKeys keys =
        SessionKeys.derive(ProtectionProfile.AES128_CM_HMAC_SHA1_80, KEY, SALT, SessionKeys.MEDIA);
    assertThat(keys.encryption()).isEqualTo(hex("c61e7a93744f39ee10734afe3ff7a087"));
    assertThat(keys.salt()).isEqualTo(hex("30cbbc08863d8c85d49db34a9ae1"));
    assertThat(keys.authentication()).isEqualTo(hex("cebe321f6ff7716b6fd4ab49af256a156d38baa4"));
  }

  private static String rtp(ProtectionProfile profile) {
    byte[] packet = Arrays.copyOf(hex(RTP), RTP.length() / 2 + SecureSender.growth());
    int size = new SecureSender(keys(profile)).rtp(packet, 12, RTP.length() / 2, 0x1234);
    return HexFormat.of().formatHex(packet, 0, size);
  }

  /** The second packet of a session: libsrtp counts from 1. */
  private static byte[] rtcp(ProtectionProfile profile) {
    SecureSender sender = new SecureSender(keys(profile));
    int room = RTCP.length() / 2 + SecureSender.growth();
    sender.rtcp(Arrays.copyOf(hex(RTCP), room), RTCP.length() / 2);
    byte[] packet = Arrays.copyOf(hex(RTCP), room);
    return Arrays.copyOf(packet, sender.rtcp(packet, RTCP.length() / 2));
  }

  @Test
  void packetsAreProtectedAsLibsrtpDoes() {
    assertThat(rtp(ProtectionProfile.AES128_CM_HMAC_SHA1_80))
        .isEqualTo("800f1234decafbadcafebabe4e55dc4ce79978d88ca4d215949d2402b78d6acc99ea179b8dbb");
    assertThat(HexFormat.of().formatHex(rtcp(ProtectionProfile.AES128_CM_HMAC_SHA1_80)))
        .isEqualTo("81c8000bcafebabe7128035be487b9bdbef89041f977a5a880000001993e08cd54d6c1230798");
    assertThat(rtp(ProtectionProfile.AEAD_AES_128_GCM))
        .isEqualTo(
            "800f1234decafbadcafebabec5002ede04cfdd2eb91159e0880aa06ed2976826f796b201df3131a127e8a392");
    assertThat(HexFormat.of().formatHex(rtcp(ProtectionProfile.AEAD_AES_128_GCM)))
        .isEqualTo(
            "81c8000bcafebabec98b8b5df0392a55852b6c21ac8e7025c52c6fbea2b3b446ea31123ba88ce61e80000001");
  }

  @ParameterizedTest
  @EnumSource
  void aPacketIsReadOnceAndOnlyAsItWas(ProtectionProfile profile) {
    SecureReceiver receiver = new SecureReceiver(keys(profile));
    byte[] sent = rtcp(profile);
    for (int at = 0; at < sent.length; at++) {
      byte[] changed = sent.clone();
      changed[at] ^= 1;
      assertThat(receiver.rtcp(changed)).as("byte " + at).isEqualTo(-1);
      assertThat(receiver.rtcp(Arrays.copyOf(sent, at))).isEqualTo(-1);
    }
    byte[] packet = sent.clone();
    int size = receiver.rtcp(packet);
    assertThat(HexFormat.of().formatHex(packet, 0, size)).isEqualTo(RTCP);
    assertThat(receiver.rtcp(sent)).isEqualTo(-1);
  }

  /** What is behind the window is not remembered, and so not taken. */
  @Test
  void anOldPacketIsDroppedAndALateOneIsNot() {
    MasterKeys keys = keys(ProtectionProfile.AEAD_AES_128_GCM);
    SecureSender sender = new SecureSender(keys);
    byte[][] packets = new byte[SecureReceiver.WINDOW + 2][];
    for (int i = 0; i < packets.length; i++) {
      byte[] packet = Arrays.copyOf(hex(RTCP), RTCP.length() / 2 + SecureSender.growth());
      packets[i] = Arrays.copyOf(packet, sender.rtcp(packet, RTCP.length() / 2));
    }
    SecureReceiver receiver = new SecureReceiver(keys);
    assertThat(receiver.rtcp(packets[packets.length - 1])).isPositive();
    assertThat(receiver.rtcp(packets[packets.length - 3])).isPositive();
    assertThat(receiver.rtcp(packets[0])).isEqualTo(-1);
    assertThat(receiver.rtcp(packets[packets.length - 2])).isPositive();
  }
}
