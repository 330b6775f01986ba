package io.kydai.streaming.live.whep.srtp;

import java.nio.ByteBuffer;

/** Protects what the server sends in one session. One thread at a time. */
public final class SecureSender {
  private static final int CONTROL_CLEAR = 8;
  private static final int CONTROL_INDEX = 4;
  private static final byte[] NONE = new byte[0];

  private final PacketCipher media;
  private final PacketCipher control;
  private int controlIndex;

  public SecureSender(MasterKeys keys) {
    media = cipher(keys, SessionKeys.MEDIA);
    control = cipher(keys, SessionKeys.CONTROL);
  }

  private static PacketCipher cipher(MasterKeys keys, int labels) {
    return new PacketCipher(
        keys.profile(),
        SessionKeys.derive(keys.profile(), keys.sendKey(), keys.sendSalt(), labels));
  }

  /** Returns by how many bytes a packet of RTP or RTCP grows at most. */
  public static int growth() {
    return ProtectionProfile.AEAD_AES_128_GCM.tagBytes() + CONTROL_INDEX;
  }

  /**
   * Protects an RTP packet in place.
   *
   * @param packet with {@link #growth} bytes of room behind it
   * @param header the size of its header with extensions
   * @param size of the packet
   * @param index its sequence number, counted on beyond 16 bits; each is used once only
   * @return the size of what is protected
   */
  public int rtp(byte[] packet, int header, int size, long index) {
    int ssrc = ByteBuffer.wrap(packet).getInt(8);
    return media.protect(packet, header, size, ssrc, index, NONE);
  }

  /**
   * Protects a compound packet of RTCP in place (RFC 3711, section 3.4).
   *
   * @param packet with {@link #growth} bytes of room behind it
   * @return the size of what is protected
   */
  public int rtcp(byte[] packet, int size) {
    int index = controlIndex++ & 0x7fff_ffff;
    byte[] trailer = ByteBuffer.allocate(CONTROL_INDEX).putInt(index | 0x8000_0000).array();
    int ssrc = ByteBuffer.wrap(packet).getInt(4);
    return control.protect(packet, CONTROL_CLEAR, size, ssrc, index, trailer);
  }
}
