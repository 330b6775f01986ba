package io.kydai.streaming.live.whep.srtp;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Reads the browser's RTCP in one session. One thread at a time.
 *
 * <p>Bound: {@value #MOST_SOURCES} sources, of each of which a window of {@value #WINDOW} packets
 * is remembered; packets of others, repeated ones and those before the window are dropped.
 */
public final class SecureReceiver {
  static final int MOST_SOURCES = 8;
  static final int WINDOW = 64;

  private static final int CLEAR = 8;
  private static final int INDEX = 4;

  private final PacketCipher control;
  private final Map<Integer, ReplayWindow> windows = new HashMap<>();

  /** Which of the newest packets of a source were here (RFC 3711, section 3.3.2). */
  private static final class ReplayWindow {
    private long newest = -1;
    private long seen;

    boolean isNew(long index) {
      long age = newest - index;
      return age < 0 || age < WINDOW && (seen >>> age & 1) == 0;
    }

    void add(long index) {
      long ahead = index - newest;
      if (ahead > 0) {
        seen = ahead < WINDOW ? seen << ahead | 1 : 1;
        newest = index;
      } else {
        seen |= 1L << -ahead;
      }
    }
  }

  public SecureReceiver(MasterKeys keys) {
    control =
        new PacketCipher(
            keys.profile(),
            SessionKeys.derive(
                keys.profile(), keys.receiveKey(), keys.receiveSalt(), SessionKeys.CONTROL));
  }

  /**
   * Reads a packet of SRTCP, in place.
   *
   * @return the size of the packet, which begins where it began; -1 where it is not authentic, was
   *     here before, or is too old or short
   */
  public int rtcp(byte[] packet) {
    int size = packet.length;
    if (size < CLEAR + control.tagBytes() + INDEX) {
      return -1;
    }
    int trailerAt = control.trailerAt(size, INDEX);
    byte[] trailer = Arrays.copyOfRange(packet, trailerAt, trailerAt + INDEX);
    long index = ByteBuffer.wrap(trailer).getInt() & 0x7fff_ffffL;
    int ssrc = ByteBuffer.wrap(packet).getInt(4);
    ReplayWindow window = windows.get(ssrc);
    if (window == null ? windows.size() >= MOST_SOURCES : !window.isNew(index)) {
      return -1;
    }
    int opened = control.open(packet, CLEAR, size, ssrc, index, trailer);
    if (opened >= 0) {
      windows.computeIfAbsent(ssrc, first -> new ReplayWindow()).add(index);
    }
    return opened;
  }
}
