package io.kydai.streaming.mp4;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/**
 * Where the pictures of an MP4 file with an index are (ISO/IEC 14496-12, section 8.6.1 and 8.7):
 * the samples of its first video track, in decoding order. The file may be another's.
 *
 * <p>Bounds: an index of {@value #MOST_INDEX_BYTES} bytes, {@value #MOST_SAMPLES} samples, {@value
 * #MOST_BOXES} boxes at the top; what exceeds them is refused.
 *
 * @param codec the type of the sample entry, such as {@code avc1}
 * @param lengthBytes how many bytes the length before each NAL unit has, 1 to 4; 0 for a codec
 *     without NAL units
 * @param offsets of each sample in the file
 * @param sizes of each in bytes
 * @param seconds from the first sample to each, in decoding time
 */
public record SampleTable(
    String codec, int lengthBytes, long[] offsets, int[] sizes, double[] seconds) {
  static final int MOST_INDEX_BYTES = 16 << 20;
  static final int MOST_SAMPLES = 1 << 17;
  static final int MOST_BOXES = 4_096;

  private static final int HEADER = 8;
  private static final int LARGE_HEADER = 16;
  private static final int VISUAL_FIELDS = HEADER + 78;

  /**
   * Reads the index of a file.
   *
   * @throws IOException when the file cannot be read, or has no index of a video track as it should
   *     be
   */
  public static SampleTable read(FileChannel file) throws IOException {
    try {
      return of(Boxes.content(movie(file)), file.size());
    } catch (MalformedBoxException e) {
      throw new IOException("the index of the file is not whole: " + e.getMessage(), e);
    } catch (BufferUnderflowException | IndexOutOfBoundsException e) {
      throw new IOException("the index of the file is not whole: a box is too short", e);
    }
  }

  private static ByteBuffer movie(FileChannel file) throws IOException, MalformedBoxException {
    long at = 0;
    for (int i = 0; i < MOST_BOXES && at + HEADER <= file.size(); i++) {
      ByteBuffer header = bytes(file, at, (int) Math.min(LARGE_HEADER, file.size() - at));
      long size = header.getInt(0) & 0xffff_ffffL;
      if (size == 1 && header.remaining() == LARGE_HEADER) {
        size = header.getLong(HEADER);
      }
      boolean isMovie = Boxes.type(header).equals("moov");
      if (size < HEADER || size > file.size() - at || (isMovie && size > MOST_INDEX_BYTES)) {
        break;
      }
      if (isMovie) {
        return bytes(file, at, (int) size);
      }
      at += size;
    }
    throw new MalformedBoxException("there is no moov");
  }

  private static ByteBuffer bytes(FileChannel file, long from, int count) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(count);
    while (buffer.hasRemaining()) {
      if (file.read(buffer, from + buffer.position()) < 0) {
        throw new IOException("the file became shorter while it was read");
      }
    }
    return buffer.flip();
  }

  private static SampleTable of(ByteBuffer movie, long length) throws MalformedBoxException {
    for (ByteBuffer track : Boxes.all(movie, "trak")) {
      ByteBuffer media = Boxes.content(Boxes.required(Boxes.content(track), "mdia"));
      ByteBuffer handler = Boxes.content(Boxes.required(media, "hdlr"));
      if (handler.getInt(8) == 0x76696465) { // vide
        return ofTrack(media, length);
      }
    }
    throw new MalformedBoxException("there is no video track");
  }

  private static SampleTable ofTrack(ByteBuffer media, long length) throws MalformedBoxException {
    ByteBuffer header = Boxes.content(Boxes.required(media, "mdhd"));
    long timescale = header.getInt(header.get(0) == 1 ? 20 : 12) & 0xffff_ffffL;
    ByteBuffer information = Boxes.content(Boxes.required(media, "minf"));
    ByteBuffer tables = Boxes.content(Boxes.required(information, "stbl"));
    ByteBuffer descriptions = Boxes.content(Boxes.required(tables, "stsd"));
    ByteBuffer entry = descriptions.slice(8, Math.max(HEADER, descriptions.getInt(8)));
    int[] sizes = sizes(Boxes.content(Boxes.required(tables, "stsz")));
    return new SampleTable(
        Boxes.type(entry),
        lengthBytes(entry),
        offsets(tables, sizes, length),
        sizes,
        seconds(Boxes.content(Boxes.required(tables, "stts")), sizes.length, timescale));
  }

  /** ISO/IEC 14496-15, sections 5.3.3.1 and 8.3.3.1: lengthSizeMinusOne. */
  private static int lengthBytes(ByteBuffer entry) throws MalformedBoxException {
    ByteBuffer boxes = entry.slice(VISUAL_FIELDS, Math.max(0, entry.remaining() - VISUAL_FIELDS));
    return switch (Boxes.type(entry)) {
      case "avc1", "avc3" -> (Boxes.content(Boxes.required(boxes, "avcC")).get(4) & 3) + 1;
      case "hvc1", "hev1" -> (Boxes.content(Boxes.required(boxes, "hvcC")).get(21) & 3) + 1;
      default -> 0;
    };
  }

  private static int[] sizes(ByteBuffer stsz) throws MalformedBoxException {
    int same = stsz.getInt(4);
    int count = stsz.getInt(8);
    if (count < 0 || count > MOST_SAMPLES) {
      throw new MalformedBoxException("there are more than " + MOST_SAMPLES + " samples");
    }
    int[] sizes = new int[count];
    for (int i = 0; i < count; i++) {
      sizes[i] = same != 0 ? same : stsz.getInt(12 + 4 * i);
    }
    return sizes;
  }

  private static double[] seconds(ByteBuffer stts, int count, long timescale)
      throws MalformedBoxException {
    if (timescale < 1) {
      throw new MalformedBoxException("there is no time scale");
    }
    double[] seconds = new double[count];
    int runs = stts.getInt(4);
    long ticks = 0;
    int sample = 0;
    for (int i = 0; i < runs; i++) {
      int times = stts.getInt(8 + 8 * i);
      long each = stts.getInt(12 + 8 * i) & 0xffff_ffffL;
      for (int j = 0; j < times && sample < count; j++) {
        seconds[sample++] = (double) ticks / timescale;
        ticks += each;
      }
    }
    return seconds;
  }

  private static long[] offsets(ByteBuffer tables, int[] sizes, long length)
      throws MalformedBoxException {
    ByteBuffer large = Boxes.find(tables, "co64");
    ByteBuffer chunks = Boxes.content(large == null ? Boxes.required(tables, "stco") : large);
    ByteBuffer runs = Boxes.content(Boxes.required(tables, "stsc"));
    int chunkCount = chunks.getInt(4);
    int runCount = runs.getInt(4);
    long[] offsets = new long[sizes.length];
    int sample = 0;
    int run = 0;
    for (int chunk = 0; chunk < chunkCount && sample < sizes.length; chunk++) {
      while (run + 1 < runCount && runs.getInt(8 + 12 * (run + 1)) <= chunk + 1) {
        run++;
      }
      long at =
          large == null
              ? chunks.getInt(8 + 4 * chunk) & 0xffff_ffffL
              : chunks.getLong(8 + 8 * chunk);
      int inChunk = runs.getInt(12 + 12 * run);
      for (int i = 0; i < inChunk && sample < sizes.length; i++) {
        if (at < 0 || sizes[sample] < 0 || at + sizes[sample] > length) {
          throw new MalformedBoxException("sample " + sample + " is not in the file");
        }
        offsets[sample] = at;
        at += sizes[sample++];
      }
    }
    if (sample < sizes.length) {
      throw new MalformedBoxException("sample " + sample + " is in no chunk");
    }
    return offsets;
  }
}
