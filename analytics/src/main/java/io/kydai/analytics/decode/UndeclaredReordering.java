package io.kydai.analytics.decode;

import io.kydai.ingest.codec.h264.H264SequenceParameterSet;
import io.kydai.ingest.codec.h264.H264SliceHeader;
import io.kydai.ingest.codec.h264.NalUnits;
import io.kydai.ingest.codec.syntax.MalformedBitstreamException;
import io.kydai.ingest.media.AccessUnit;
import io.kydai.ingest.media.Codec;
import io.kydai.ingest.media.CodecParameters;
import java.nio.ByteBuffer;

/**
 * How many pictures a decoder should hold back for a stream of H.264 that may reorder pictures and
 * does not say so. Too few lose B-pictures, any at all delay every picture. So such a stream starts
 * with some; when no B-picture was among its first pictures it goes on without from a key frame on,
 * until there is one.
 */
final class UndeclaredReordering {
  /** As deep as encoders of cameras build their pyramids. */
  private static final int HELD_BACK = 2;

  private static final int CONVINCING = 16;
  private static final int HEAD = 16;

  private final boolean possible;
  private boolean proven;
  private int seen;

  UndeclaredReordering(CodecParameters parameters) {
    possible = parameters.codec() == Codec.H264 && isUnsaid(parameters);
  }

  private static boolean isUnsaid(CodecParameters parameters) {
    try {
      byte[] set = parameters.sequenceParameterSets().get(0);
      return H264SequenceParameterSet.parse(set).reorderDepth() == null;
    } catch (MalformedBitstreamException e) {
      return false; // The decoder is about to say more of it than this.
    }
  }

  /** Pictures to hold back, if decoding started with the next access unit. */
  int heldBack() {
    return possible && (proven || seen < CONVINCING) ? HELD_BACK : 0;
  }

  /** Looks at the next access unit. */
  void see(AccessUnit unit) {
    if (possible && !proven) {
      seen = Math.min(CONVINCING, seen + 1);
      proven = isBidirectional(unit.data());
    }
  }

  private static boolean isBidirectional(ByteBuffer data) {
    while (data.remaining() > Integer.BYTES) {
      int size = data.getInt();
      if (size < 1 || size > data.remaining()) {
        return false;
      }
      if (NalUnits.isPicture(NalUnits.type(data.get(data.position())))) {
        byte[] head = new byte[Math.min(size, HEAD)];
        data.get(head);
        try {
          return H264SliceHeader.parse(head).bidirectional();
        } catch (MalformedBitstreamException e) {
          return false; // The decoder finds it too, and says so.
        }
      }
      data.position(data.position() + size);
    }
    return false;
  }
}
