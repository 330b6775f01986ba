package io.kydai.streaming.mp4;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The sample entry of a recorded file's first track (ISO/IEC 14496-12, section 8.5.2), with the
 * decoder configuration record in it.
 */
final class SampleEntry {
  private static final List<String> PATH = List.of("moov", "trak", "mdia", "minf", "stbl", "stsd");
  private static final int VISUAL_FIELDS = 8 + 78;

  private SampleEntry() {}

  /**
   * Finds the sample descriptions, {@code stsd}, in {@code ftyp} and {@code moov}.
   *
   * @return a view of the box with its header, on the same bytes
   * @throws IOException when there are none
   */
  static ByteBuffer descriptions(ByteBuffer initialisation) throws IOException {
    ByteBuffer boxes = initialisation;
    for (String type : PATH.subList(0, PATH.size() - 1)) {
      boxes = Boxes.content(found(boxes, type));
    }
    return found(boxes, PATH.get(PATH.size() - 1));
  }

  /**
   * Finds the second track, {@code trak}, in {@code ftyp} and {@code moov}; null if there is none.
   */
  static @Nullable ByteBuffer soundTrack(ByteBuffer initialisation) throws IOException {
    List<ByteBuffer> tracks = Boxes.all(Boxes.content(found(initialisation, PATH.get(0))), "trak");
    return tracks.size() < 2 ? null : tracks.get(1);
  }

  /**
   * Finds a box in the media of a track.
   *
   * @param track {@code trak} with its header
   * @param path the types below {@code mdia}
   * @throws IOException when there is none
   */
  static ByteBuffer inMedia(ByteBuffer track, String... path) throws IOException {
    ByteBuffer box = found(Boxes.content(track), "mdia");
    for (String type : path) {
      box = found(Boxes.content(box), type);
    }
    return box;
  }

  /**
   * Finds the header of the first track, {@code tkhd}, in {@code ftyp} and {@code moov}.
   *
   * @return a view of the box with its header, on the same bytes
   * @throws IOException when there is none
   */
  static ByteBuffer trackHeader(ByteBuffer initialisation) throws IOException {
    ByteBuffer movie = Boxes.content(found(initialisation, PATH.get(0)));
    return found(Boxes.content(found(movie, PATH.get(1))), "tkhd");
  }

  /**
   * Finds the entry in {@code ftyp} and {@code moov}.
   *
   * @return a view of it with its header, on the same bytes
   * @throws IOException when there is none
   */
  static ByteBuffer of(ByteBuffer initialisation) throws IOException {
    ByteBuffer boxes = Boxes.content(descriptions(initialisation));
    // Version and flags, and the number of entries, stand before the entry.
    ByteBuffer entries = boxes.slice(8, boxes.remaining() - 8);
    return entries.slice(0, Math.min(entries.remaining(), entries.getInt(0)));
  }

  /** The type of entry whose parameter sets may also stand in the stream. */
  static String inBandType(String type) {
    return switch (type) {
      case "avc1" -> "avc3";
      case "hvc1" -> "hev1";
      default -> type;
    };
  }

  /**
   * Reads the parameter sets of an entry.
   *
   * @return the NAL units, each behind its length of four bytes; empty for a codec that has none
   * @throws IOException when the entry has no whole decoder configuration record
   */
  static ByteBuffer parameterSets(ByteBuffer entry) throws IOException {
    String type = Boxes.type(entry);
    ByteBuffer boxes = entry.slice(VISUAL_FIELDS, entry.remaining() - VISUAL_FIELDS);
    try {
      return switch (type) {
        case "avc1" -> avc(Boxes.content(found(boxes, "avcC")));
        case "hvc1" -> hevc(Boxes.content(found(boxes, "hvcC")));
        default -> ByteBuffer.allocate(0);
      };
    } catch (BufferUnderflowException | IndexOutOfBoundsException e) {
      throw new IOException("the decoder configuration record of a recorded file is not whole", e);
    }
  }

  static ByteBuffer found(ByteBuffer boxes, String type) throws IOException {
    ByteBuffer box = Boxes.find(boxes, type);
    if (box == null) {
      throw new IOException("a recorded file has no " + type);
    }
    return box;
  }

  /** AVCDecoderConfigurationRecord (ISO/IEC 14496-15, section 5.3.3.1). */
  private static ByteBuffer avc(ByteBuffer record) {
    ByteBuffer out = ByteBuffer.allocate(record.remaining() * 2);
    record.position(5);
    copy(record, record.get() & 0x1f, out);
    copy(record, record.get() & 0xff, out);
    return out.flip();
  }

  /** HEVCDecoderConfigurationRecord (ISO/IEC 14496-15, section 8.3.3.1). */
  private static ByteBuffer hevc(ByteBuffer record) {
    ByteBuffer out = ByteBuffer.allocate(record.remaining() * 2);
    record.position(22);
    int arrays = record.get() & 0xff;
    for (int i = 0; i < arrays; i++) {
      record.get(); // the kind of NAL unit
      copy(record, record.getShort() & 0xffff, out);
    }
    return out.flip();
  }

  private static void copy(ByteBuffer from, int count, ByteBuffer to) {
    for (int i = 0; i < count; i++) {
      byte[] nal = new byte[from.getShort() & 0xffff];
      from.get(nal);
      to.putInt(nal.length).put(nal);
    }
  }
}
