package io.kydai.streaming.live.rtsp.payload;

import io.kydai.ingest.media.AccessUnit;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * NAL units as RTP payloads: each whole where it fits (RFC 6184, section 5.6; RFC 7798, section
 * 4.4.1), else in fragmentation units (sections 5.8 and 4.4.3). Nothing is aggregated. The
 * parameter sets go before each key frame, so that a receiver that joins late, or meets another
 * resolution, has them.
 */
final class NalPayloads implements PayloadFormat {
  private static final int LENGTH_BYTES = 4;
  private static final int START = 0x80;
  private static final int END = 0x40;
  private static final int FU_A = 28;
  private static final int FU_H265 = 49;

  private final boolean h265;
  private final int mostBytes;
  private final ByteBuffer head = ByteBuffer.allocate(3);

  private NalPayloads(boolean h265, int mostBytes) {
    this.h265 = h265;
    this.mostBytes = mostBytes;
  }

  static NalPayloads h264(int mostBytes) {
    return new NalPayloads(false, mostBytes);
  }

  static NalPayloads h265(int mostBytes) {
    return new NalPayloads(true, mostBytes);
  }

  /** A NAL unit: where its bytes are. */
  private record Nal(ByteBuffer data, int offset, int length) {}

  @Override
  public void cut(AccessUnit unit, PayloadSink sink) throws UnpayloadableException {
    List<Nal> nals = new ArrayList<>();
    if (unit.keyFrame()) {
      for (byte[] set : unit.parameters().parameterSets()) {
        nals.add(new Nal(ByteBuffer.wrap(set), 0, set.length));
      }
    }
    split(unit.data(), nals);
    for (int i = 0; i < nals.size(); i++) {
      put(nals.get(i), i == nals.size() - 1, sink);
    }
  }

  private void split(ByteBuffer data, List<Nal> nals) throws UnpayloadableException {
    int at = data.position();
    while (at < data.limit()) {
      long length =
          data.limit() - at < LENGTH_BYTES ? Long.MAX_VALUE : data.getInt(at) & 0xffffffffL;
      if (length > data.limit() - at - LENGTH_BYTES) {
        throw new UnpayloadableException("a NAL unit's length is beyond the picture's end");
      }
      // A NAL unit without a byte behind its header has nothing to say, and no form here.
      if (length > headerBytes()) {
        nals.add(new Nal(data, at + LENGTH_BYTES, (int) length));
      }
      at += LENGTH_BYTES + (int) length;
    }
  }

  private int headerBytes() {
    return h265 ? 2 : 1;
  }

  private void put(Nal nal, boolean lastOfUnit, PayloadSink sink) {
    head.clear();
    if (nal.length() <= mostBytes) {
      sink.accept(head.limit(0), nal.data(), nal.offset(), nal.length(), lastOfUnit);
      return;
    }
    int from = nal.offset() + headerBytes();
    int end = nal.offset() + nal.length();
    int most = mostBytes - headerBytes() - 1;
    for (int at = from; at < end; at += most) {
      int length = Math.min(most, end - at);
      boolean last = at + length == end;
      fragmentHead(nal, (at == from ? START : 0) | (last ? END : 0));
      sink.accept(head, nal.data(), at, length, last && lastOfUnit);
    }
  }

  /** Writes the payload header and the FU header. */
  private void fragmentHead(Nal nal, int flags) {
    int first = nal.data().get(nal.offset()) & 0xff;
    head.clear();
    if (h265) {
      head.put((byte) (first & 0x81 | FU_H265 << 1)).put(nal.data().get(nal.offset() + 1));
      head.put((byte) (flags | first >> 1 & 0x3f));
    } else {
      head.put((byte) (first & 0xe0 | FU_A)).put((byte) (flags | first & 0x1f));
    }
    head.flip();
  }
}
