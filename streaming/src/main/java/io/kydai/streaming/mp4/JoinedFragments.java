package io.kydai.streaming.mp4;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

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
   * @param sound the file whose sound comes first; null where there is none
   * @return read-only, owned by the caller
   * @throws IOException when a file's initialisation is not as this program writes it
   */
  public static ByteBuffer initialisation(
      RecordedFile first, boolean inBand, @Nullable RecordedFile sound) throws IOException {
    ByteBuffer original = first.initialisation().duplicate();
    ByteBuffer ftyp = SampleEntry.found(original, "ftyp");
    ByteBuffer movie = Boxes.content(SampleEntry.found(original, "moov"));
    ByteBuffer header = copy(SampleEntry.found(movie, "mvhd"));
    header.putInt(header.limit() - 4, (sound == null ? TrackBoxes.TRACK : TrackBoxes.SOUND) + 1);
    ByteBuffer pictures = SampleEntry.found(movie, "trak");
    ByteBuffer heard = sound == null ? null : SampleEntry.soundTrack(sound.initialisation());
    BoxWriter out = new BoxWriter(original.remaining() + 1024);
    out.put(ftyp.duplicate());
    out.box(
        "moov",
        () -> {
          out.put(header).put(pictures.duplicate());
          if (heard != null) {
            out.put(heard.duplicate());
          }
          Fragments.fragmentsFollow(out, heard != null);
        });
    ByteBuffer copy = copy(out.finish());
    if (inBand) {
      // The entry is a view on the copy.
      ByteBuffer entry = SampleEntry.of(copy);
      String type = SampleEntry.inBandType(Boxes.type(entry));
      entry.put(4, type.getBytes(US_ASCII));
    }
    return copy.asReadOnlyBuffer();
  }

  private static ByteBuffer copy(ByteBuffer bytes) {
    return ByteBuffer.allocate(bytes.remaining()).put(bytes.duplicate()).flip();
  }

  /**
   * Muxes what stands before a fragment's pictures: {@code moof} and the header of {@code mdat}.
   *
   * @param number counts the file's fragments from 1
   * @param decodeTime of the first picture, 1/90000 s from the file's beginning
   * @param prefix how many bytes of parameter sets will stand before the first picture
   * @return read-only, owned by the caller; its length depends only on the numbers of pictures and
   *     of frames of sound
   */
  public static ByteBuffer header(
      long number, RecordedFragment fragment, long decodeTime, int prefix) {
    RecordedFragment.Samples samples = fragment.samples();
    RecordedFragment.Sound sound = fragment.sound();
    BoxWriter out = new BoxWriter(headerSize(fragment));
    int[] offsetAt = new int[2];
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
          if (sound != null) {
            offsetAt[1] =
                FragmentGroup.soundBoxes(out, sound.decodeTime(), sound.durations(), sound.sizes());
          }
        });
    long media = (long) out.size() + MDAT_HEADER;
    out.patch32(offsetAt[0], (int) media);
    if (sound != null) {
      long place = media + prefix + sound.offset() - fragment.mediaOffset();
      out.patch32(offsetAt[1], Math.toIntExact(place));
    }
    out.u32(fragment.mediaBytes() + prefix + MDAT_HEADER).text("mdat");
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
    RecordedFragment.Sound sound = fragment.sound();
    int second = sound == null ? 0 : FragmentGroup.soundBoxesSize(sound.sizes().length);
    return moofMfhdTraf + tfhdTfdt + trun + second + MDAT_HEADER;
  }
}
