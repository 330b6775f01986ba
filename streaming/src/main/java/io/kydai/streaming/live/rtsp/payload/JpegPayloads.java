package io.kydai.streaming.live.rtsp.payload;

import io.kydai.ingest.media.AccessUnit;
import java.nio.ByteBuffer;

/**
 * JPEG pictures as RTP payloads (RFC 2435) of types 0 and 1, and 64 and 65 with restart markers.
 * Each picture brings its own quantisation tables (Q 255, section 4.2). Sizes are sent in whole
 * blocks of eight pixels, as the scan has them.
 *
 * <p>The Huffman tables are not looked at: receivers use those of ITU-T T.81, annex K, and so do
 * all pictures of ingest, which themselves came by this payload format.
 */
final class JpegPayloads implements PayloadFormat {
  /** The main, the restart and the tables' header, and two tables of 16 bits (section 3.1). */
  private static final int MOST_HEAD = 8 + 4 + 4 + 2 * 128;

  private static final int Q_IN_EACH_PICTURE = 255;
  private static final int WITH_RESTARTS = 64;

  /** F and L, and no count: the payload is not cut at restart markers (section 3.1.7). */
  private static final short WHOLE_RESTARTS = (short) 0xffff;

  private final int mostBytes;
  private final ByteBuffer head = ByteBuffer.allocate(MOST_HEAD);

  JpegPayloads(int mostBytes) {
    this.mostBytes = mostBytes;
  }

  @Override
  public void cut(AccessUnit unit, PayloadSink sink) throws UnpayloadableException {
    JpegFile file = JpegFile.read(unit.data());
    int size = file.scanEnd() - file.scanStart();
    int offset = 0;
    while (offset < size) {
      header(file, offset);
      int length = Math.min(mostBytes - head.remaining(), size - offset);
      sink.accept(head, file.data(), file.scanStart() + offset, length, offset + length == size);
      offset += length;
    }
  }

  private void header(JpegFile file, int offset) {
    boolean restarts = file.restartInterval() > 0;
    int type = (file.chroma420() ? 1 : 0) + (restarts ? WITH_RESTARTS : 0);
    head.clear();
    head.putInt(offset);
    head.put((byte) type).put((byte) Q_IN_EACH_PICTURE);
    head.put((byte) file.blocksWide()).put((byte) file.blocksHigh());
    if (restarts) {
      head.putShort((short) file.restartInterval()).putShort(WHOLE_RESTARTS);
    }
    if (offset == 0) {
      byte[] tables = file.tables();
      head.put((byte) 0).put((byte) file.precision()).putShort((short) tables.length).put(tables);
    }
    head.flip();
  }
}
