package io.kydai.ingest.rtp.jpeg;

import io.kydai.ingest.rtp.packet.Depacketizer;
import io.kydai.ingest.rtp.packet.MediaException;
import io.kydai.ingest.rtp.packet.Picture;
import io.kydai.ingest.rtp.packet.PictureReceiver;
import io.kydai.ingest.rtp.packet.RtpPacket;
import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reassembles JPEG pictures from RTP payloads (RFC 2435) of types 0 and 1, and 64 and 65 with
 * restart markers. Each picture is delivered as a complete JPEG file. A picture of which anything
 * is missing is dropped, because the next one does not depend on it.
 *
 * <table>
 * <caption>Limits</caption>
 * <tr><th>what</th><th>limit</th><th>beyond it</th></tr>
 * <tr><td>a picture</td><td>8 MiB</td><td>{@link MediaException}</td></tr>
 * <tr><td>other types</td><td></td>
 *     <td>{@link MediaException}, because all the camera's pictures have that type</td></tr>
 * <tr><td>more than 2,040 pixels wide or high</td><td>the size in the session description</td>
 *     <td>{@link MediaException} when the description has none</td></tr>
 * <tr><td>quantisation tables kept</td><td>two for each Q from 128 to 255: 32 KiB</td>
 *     <td>further tables of a picture are ignored; RTP's types use only the first two</td></tr>
 * <tr><td>tables that are incomplete or were never sent</td><td></td>
 *     <td>the picture is dropped</td></tr>
 * </table>
 */
public final class JpegDepacketizer implements Depacketizer {
  private static final int MAIN_HEADER = 8;
  private static final int WITH_RESTARTS = 64;
  private static final int FIRST_DYNAMIC_Q = 128;
  private static final byte[] END_OF_IMAGE = {(byte) 0xff, (byte) 0xd9};

  private final PictureReceiver receiver;
  private final @Nullable JpegSize described;
  private final JpegTables[] keptTables = new JpegTables[256 - FIRST_DYNAMIC_Q];
  private byte[] bytes = new byte[16 * 1024];
  private int size;
  private int header;
  private boolean started;
  private long timestamp;
  private boolean damaged;
  private boolean loss;

  /**
   * Creates a depacketiser for one connection.
   *
   * @param described the size in the session description; null when it has none
   */
  public JpegDepacketizer(PictureReceiver receiver, @Nullable JpegSize described) {
    this.receiver = receiver;
    this.described = described;
  }

  @Override
  public void lost() {
    loss = true;
    damaged |= started;
  }

  @Override
  public void accept(RtpPacket packet) throws MediaException {
    if (started && packet.timestamp() != timestamp) {
      // Without a marker only the end-of-image marker shows that the picture is complete.
      damaged |= !isEnded();
      finish();
    }
    started = true;
    timestamp = packet.timestamp();
    if (!damaged) {
      readPayload(packet.payload());
    }
    if (packet.marker()) {
      finish();
    }
  }

  private void readPayload(ByteBuf payload) throws MediaException {
    int start = payload.readerIndex();
    int end = payload.writerIndex();
    if (end - start < MAIN_HEADER) {
      damaged = true;
      return;
    }
    int offset = payload.getUnsignedMedium(start + 1);
    int type = payload.getUnsignedByte(start + 4);
    if ((type & ~(WITH_RESTARTS | 1)) != 0) {
      throw new MediaException(
          "sends JPEG of RTP type " + type + "; only 0, 1, 64 and 65 are supported");
    }
    boolean restarts = type >= WITH_RESTARTS;
    int at = start + MAIN_HEADER + (restarts ? 4 : 0);
    if (at > end || offset != size - header) {
      damaged = true;
      return;
    }
    if (offset == 0) {
      int interval = restarts ? payload.getUnsignedShort(start + MAIN_HEADER) : 0;
      at = beginPicture(payload, start, at, end, interval);
    }
    if (!damaged) {
      append(payload, at, end - at);
    }
  }

  /**
   * Reads the quantisation tables, writes the file's header, and returns the index of the scan's
   * data.
   */
  private int beginPicture(ByteBuf payload, int start, int afterHeaders, int end, int interval)
      throws MediaException {
    int quality = payload.getUnsignedByte(start + 5);
    int at = afterHeaders;
    JpegTables tables;
    if (quality >= FIRST_DYNAMIC_Q) {
      int length = end - at < 4 ? Integer.MAX_VALUE : payload.getUnsignedShort(at + 2);
      if (length > end - at - 4) {
        damaged = true;
        return end;
      }
      if (length > 0) {
        keepTables(quality, payload, at, length);
      }
      at += 4 + length;
      tables = keptTables[quality - FIRST_DYNAMIC_Q];
    } else {
      tables = JpegHeaders.tables(quality);
    }
    if (tables == null) {
      damaged = true;
      return end;
    }
    JpegSize dimensions =
        pictureSize(payload.getUnsignedByte(start + 6), payload.getUnsignedByte(start + 7));
    boolean chroma420 = (payload.getByte(start + 4) & 1) == 1;
    byte[] written =
        JpegHeaders.write(dimensions.width(), dimensions.height(), chroma420, tables, interval);
    System.arraycopy(written, 0, bytes, 0, written.length);
    size = written.length;
    header = size;
    return at;
  }

  private void keepTables(int quality, ByteBuf payload, int at, int length) {
    JpegTables tables = JpegTables.read(payload, at + 4, length, payload.getUnsignedByte(at + 1));
    if (tables.isEmpty()) {
      damaged = true;
    } else {
      keptTables[quality - FIRST_DYNAMIC_Q] = tables;
    }
  }

  private JpegSize pictureSize(int blocksWide, int blocksHigh) throws MediaException {
    if (blocksWide > 0 && blocksHigh > 0) {
      return new JpegSize(8 * blocksWide, 8 * blocksHigh);
    }
    if (described == null) {
      throw new MediaException(
          "sends JPEG of more than 2040 pixels and does not describe its size (framesize)");
    }
    return described;
  }

  private void append(ByteBuf payload, int at, int length) throws MediaException {
    if (length > Picture.MAX_BYTES - END_OF_IMAGE.length - size) {
      throw new MediaException("sends a picture of more than " + Picture.MAX_BYTES + " bytes");
    }
    if (size + length > bytes.length) {
      bytes =
          Arrays.copyOf(
              bytes, Math.min(Picture.MAX_BYTES, Math.max(size + length, bytes.length * 2)));
    }
    payload.getBytes(at, bytes, size, length);
    size += length;
  }

  private void finish() {
    if (damaged || size == header) {
      loss = true;
    } else {
      receiver.onPicture(new Picture(timestamp, true, false, 0, loss, false, file()));
      loss = false;
    }
    size = 0;
    header = 0;
    started = false;
    damaged = false;
  }

  private byte[] file() {
    boolean ended = isEnded();
    byte[] file = Arrays.copyOf(bytes, ended ? size : size + END_OF_IMAGE.length);
    if (!ended) {
      System.arraycopy(END_OF_IMAGE, 0, file, size, END_OF_IMAGE.length);
    }
    return file;
  }

  private boolean isEnded() {
    int length = END_OF_IMAGE.length;
    return size > header + length
        && Arrays.equals(bytes, size - length, size, END_OF_IMAGE, 0, length);
  }
}
