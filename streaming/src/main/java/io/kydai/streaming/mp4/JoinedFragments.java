package io.kydai.streaming.mp4;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Fragments of several recorded files as one fragmented file: each gets a new place in time. The
 * coded pictures stay as they are, and where they are.
 *
 * <p>Where the parameter sets change, those of the new file stand before its first picture, and the
 * sample entry is one that allows this ({@code avc3}, {@code hev1}; ISO/IEC 14496-15, sections
 * 5.4.2.1 and 8.4.1). Players follow that; several sample descriptions in one fragmented file they
 * mostly do not.
 */
public final class JoinedFragments {
  private static final int MDAT_HEADER = 8;

  private JoinedFragments() {}

  /**
   * Muxes {@code ftyp} and {@code moov}.
   *
   * @param first the file whose pictures come first
   * @param inBand whether further parameter sets follow within the stream
   * @return read-only, owned by the caller
   * @throws IOException when the file's initialisation is not as this program writes it
   */
  public static ByteBuffer initialisation(RecordedFile first, boolean inBand) throws IOException {
    ByteBuffer original = first.initialisation().duplicate();
    ByteBuffer copy = ByteBuffer.allocate(original.remaining()).put(original).flip();
    if (inBand) {
      // The entry is a view on the copy.
      ByteBuffer entry = SampleEntry.of(copy);
      String type = SampleEntry.inBandType(Boxes.type(entry));
      entry.put(4, type.getBytes(US_ASCII));
    }
    return copy.asReadOnlyBuffer();
  }

  /**
   * Muxes what stands before a fragment's pictures: {@code moof} and the header of {@code mdat}.
   *
   * @param number counts the file's fragments from 1
   * @param decodeTime of the first picture, 1/90000 s from the file's beginning
   * @param prefix how many bytes of parameter sets will stand before the first picture
   * @return read-only, owned by the caller; its length depends only on the number of pictures
   */
  public static ByteBuffer header(
      long number, RecordedFragment fragment, long decodeTime, int prefix) {
    RecordedFragment.Samples samples = fragment.samples();
    BoxWriter out = new BoxWriter(headerSize(fragment));
    int[] offsetAt = new int[1];
    out.box(
        "moof",
        () -> {
          out.fullBox("mfhd", 0, 0, () -> out.u32(number));
          out.box(
              "traf",
              () -> {
                out.fullBox(
                    "tfhd", 0, Fragments.DEFAULT_BASE_IS_MOOF, () -> out.u32(TrackBoxes.TRACK));
                out.fullBox("tfdt", 1, 0, () -> out.u64(decodeTime));
                out.fullBox(
                    "trun",
                    1,
                    Fragments.OFFSET_DURATION_SIZE_FLAGS_COMPOSITION,
                    () -> {
                      out.u32(samples.count());
                      offsetAt[0] = out.size();
                      out.u32(0);
                      samples(out, samples, prefix);
                    });
              });
        });
    out.patch32(offsetAt[0], out.size() + MDAT_HEADER);
    out.u32(fragment.end() - fragment.mediaOffset() + prefix + MDAT_HEADER).text("mdat");
    return out.finish();
  }

  private static void samples(BoxWriter out, RecordedFragment.Samples samples, int prefix) {
    for (int i = 0; i < samples.count(); i++) {
      out.u32(samples.durations()[i]).u32(samples.sizes()[i] + (i == 0 ? prefix : 0));
      out.u32(samples.keyFrames()[i] ? Fragments.SYNC_SAMPLE : Fragments.DEPENDENT_SAMPLE);
      out.u32(samples.compositionOffsets()[i]);
    }
  }

  /** The length of {@link #header}, in bytes. */
  public static int headerSize(RecordedFragment fragment) {
    int moofMfhdTraf = 8 + 16 + 8;
    int tfhdTfdt = 16 + 20;
    int trun = 20 + 16 * fragment.samples().count();
    return moofMfhdTraf + tfhdTfdt + trun + MDAT_HEADER;
  }
}
