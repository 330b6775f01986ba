package io.kydai.streaming.live.whep.rtp;

import io.kydai.ingest.codec.h264.NalUnits;
import io.kydai.ingest.media.AccessUnit;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Cuts access units into the payloads of RTP packets as packetization mode 1 has them (RFC 6184,
 * section 6.3): a NAL unit in a packet, or in fragments (FU-A). Before each key frame stand its
 * parameter sets; delimiters and filler data are left out. No byte of a picture is changed.
 */
public final class H264Packetizer {
  private static final int FU_A = 28;
  private static final int FRAGMENT_HEADER = 2;
  private static final int START = 0x80;
  private static final int END = 0x40;

  private final int most;

  /**
   * @param most the size of a payload, in bytes
   */
  public H264Packetizer(int most) {
    if (most <= FRAGMENT_HEADER) {
      throw new IllegalArgumentException("a payload has more than its header");
    }
    this.most = most;
  }

  /** Returns the payloads of a picture, in order; none where there is nothing to send. */
  public List<byte[]> payloads(AccessUnit unit) {
    List<byte[]> payloads = new ArrayList<>();
    if (unit.keyFrame()) {
      for (byte[] set : unit.parameters().parameterSets()) {
        cut(ByteBuffer.wrap(set), payloads);
      }
    }
    ByteBuffer data = unit.data();
    while (data.remaining() > Integer.BYTES) {
      int size = data.getInt();
      if (size < 1 || size > data.remaining()) {
        throw new IllegalArgumentException("access unit " + unit + " is cut short");
      }
      ByteBuffer nal = data.slice(data.position(), size);
      data.position(data.position() + size);
      int type = NalUnits.type(nal.get(0));
      if (type != NalUnits.ACCESS_UNIT_DELIMITER && type != NalUnits.FILLER) {
        cut(nal, payloads);
      }
    }
    return payloads;
  }

  private void cut(ByteBuffer nal, List<byte[]> payloads) {
    if (nal.remaining() <= most) {
      byte[] whole = new byte[nal.remaining()];
      nal.get(whole);
      payloads.add(whole);
      return;
    }
    byte header = nal.get();
    byte indicator = (byte) (header & 0xe0 | FU_A);
    int flag = START;
    while (nal.hasRemaining()) {
      int size = Math.min(most - FRAGMENT_HEADER, nal.remaining());
      byte[] fragment = new byte[FRAGMENT_HEADER + size];
      if (size == nal.remaining()) {
        flag = END;
      }
      fragment[0] = indicator;
      fragment[1] = (byte) (flag | NalUnits.type(header));
      nal.get(fragment, FRAGMENT_HEADER, size);
      payloads.add(fragment);
      flag = 0;
    }
  }
}
