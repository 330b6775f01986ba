package io.kydai.streaming.mp4;

import io.kydai.streaming.mp4.RecordedFragment.Samples;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;

/**
 * What stands before the pictures of a whole MP4 file that is made of recorded fragments: {@code
 * ftyp}, {@code moov} with the index of all pictures, and the header of {@code mdat} (ISO/IEC
 * 14496-12, sections 4.3, 8.2 and 8.1.1). Any player seeks in such a file; of a fragmented one some
 * do not.
 *
 * <p>Each fragment is a chunk. Before a hole in time the last picture lasts until the next one.
 * Where the file does not fit into 32 bits, its chunks have 64-bit offsets ({@code co64}, section
 * 8.7.5) and {@code mdat} a 64-bit size.
 */
public final class MovieIndex {
  private static final long LARGEST_32 = 0xffff_ffffL;

  /** The index itself is never as large. */
  private static final long ROOM_FOR_INDEX = 1L << 28;

  private final ByteBuffer initialisation;
  private final long created;
  private final List<Run> runs;
  private final int count;
  private final long[] durations;
  private final long[] offsets;
  private final long mediaBytes;

  /**
   * Pictures that follow one another in the file.
   *
   * @param fragment with the sound that is heard, whose times are those of this file
   * @param decodeTime of the first, 1/90000 s from the file's beginning; not before the end of the
   *     run before
   * @param prefix how many bytes of parameter sets stand before the first picture
   */
  public record Run(RecordedFragment fragment, long decodeTime, int prefix) {
    /** The bytes of the run in the file: the parameter sets, the pictures, and the sound. */
    long bytes() {
      return prefix + fragment.mediaBytes();
    }

    Samples samples() {
      return fragment.samples();
    }
  }

  private MovieIndex(ByteBuffer initialisation, Instant taken, List<Run> runs) throws IOException {
    this.initialisation = initialisation;
    this.created = SampleTables.secondsSince1904(taken);
    this.runs = runs;
    count = runs.stream().mapToInt(run -> run.samples().count()).sum();
    durations = new long[count];
    offsets = new long[count];
    mediaBytes = runs.stream().mapToLong(Run::bytes).sum();
    times();
  }

  /**
   * Muxes the boxes.
   *
   * @param initialisation {@code ftyp} and {@code moov} of a fragmented file with these pictures,
   *     and with the sound that runs have
   * @param taken when the first picture was taken
   * @param runs at least one
   * @return read-only, owned by the caller; the runs' bytes follow in their order
   * @throws IOException when the initialisation is not as this program writes it, or a hole is
   *     longer than 13 hours, which a picture cannot last
   */
  public static ByteBuffer header(ByteBuffer initialisation, Instant taken, List<Run> runs)
      throws IOException {
    MovieIndex index = new MovieIndex(initialisation, taken, List.copyOf(runs));
    // The index is as long with wrong offsets as with right ones.
    int size = index.write(0).remaining();
    return index.write(size);
  }

  private void times() throws IOException {
    int at = 0;
    for (int i = 0; i < runs.size(); i++) {
      Samples samples = runs.get(i).samples();
      int last = samples.count() - 1;
      System.arraycopy(samples.durations(), 0, durations, at, samples.count());
      System.arraycopy(samples.compositionOffsets(), 0, offsets, at, samples.count());
      if (i + 1 < runs.size()) {
        long hole = runs.get(i + 1).decodeTime() - runs.get(i).decodeTime() - samples.duration();
        durations[at + last] += hole;
      }
      if (durations[at + last] < 0 || durations[at + last] > LARGEST_32) {
        throw new IOException("a picture cannot last " + durations[at + last] / 90_000 + " s");
      }
      at += samples.count();
    }
  }

  private ByteBuffer write(long mediaStart) throws IOException {
    ByteBuffer track = SampleEntry.trackHeader(initialisation);
    long width = track.getInt(track.limit() - 8) & LARGEST_32;
    long height = track.getInt(track.limit() - 4) & LARGEST_32;
    ByteBuffer descriptions = SampleEntry.descriptions(initialisation);
    long delay = Long.MAX_VALUE;
    long end = 0;
    long decoded = 0;
    boolean reordered = false;
    for (int i = 0; i < count; i++) {
      delay = Math.min(delay, decoded + offsets[i]);
      end = Math.max(end, decoded + offsets[i] + durations[i]);
      decoded += durations[i];
      reordered |= offsets[i] != 0;
    }
    boolean large = mediaBytes > LARGEST_32 - ROOM_FOR_INDEX;
    long media = decoded;
    long shown = end - delay;
    long first = delay;
    boolean composed = reordered;
    SoundIndex heard = SoundIndex.of(initialisation, runs);
    long all = heard == null ? shown : Math.max(shown, heard.shown(first));
    BoxWriter out = new BoxWriter(2048 + 8 * count);
    out.box("ftyp", () -> out.text("isom").u32(0x200).text("isom").text("iso2").text("mp41"));
    out.box(
        "moov",
        () -> {
          TrackBoxes.movieHeader(out, created, all, heard != null);
          out.box(
              "trak",
              () -> {
                TrackBoxes.trackHeader(out, width, height, created, shown);
                out.box(
                    "edts",
                    () ->
                        out.fullBox(
                            "elst", 1, 0, () -> out.u32(1).u64(shown).u64(first).u16(1).u16(0)));
                TrackBoxes.media(
                    out,
                    created,
                    media,
                    () -> out.put(descriptions),
                    () -> tables(out, composed, large, mediaStart));
              });
          if (heard != null) {
            heard.track(out, created, first, large, mediaStart);
          }
        });
    if (large) {
      out.u32(1).text("mdat").u64(mediaBytes + 16);
    } else {
      out.u32(mediaBytes + 8).text("mdat");
    }
    return out.finish();
  }

  private void tables(BoxWriter out, boolean composed, boolean large, long mediaStart) {
    out.fullBox("stts", 0, 0, () -> SampleTables.runs(out, durations));
    if (composed) {
      out.fullBox("ctts", 0, 0, () -> SampleTables.runs(out, offsets));
    }
    out.fullBox("stss", 0, 0, () -> keyFrames(out));
    out.fullBox(
        "stsc",
        0,
        0,
        () ->
            SampleTables.chunks(
                out, runs.stream().mapToInt(run -> run.samples().count()).toArray()));
    out.fullBox("stsz", 0, 0, () -> sizes(out));
    out.fullBox(large ? "co64" : "stco", 0, 0, () -> places(out, large, mediaStart));
  }

  private void keyFrames(BoxWriter out) {
    int countAt = out.size();
    out.u32(0);
    int found = 0;
    int number = 1;
    for (Run run : runs) {
      for (boolean key : run.samples().keyFrames()) {
        if (key) {
          out.u32(number);
          found++;
        }
        number++;
      }
    }
    out.patch32(countAt, found);
  }

  private void sizes(BoxWriter out) {
    out.u32(0).u32(count);
    for (Run run : runs) {
      int[] sizes = run.samples().sizes();
      for (int i = 0; i < sizes.length; i++) {
        out.u32((long) sizes[i] + (i == 0 ? run.prefix() : 0));
      }
    }
  }

  private void places(BoxWriter out, boolean large, long mediaStart) {
    out.u32(runs.size());
    long at = mediaStart;
    for (Run run : runs) {
      if (large) {
        out.u64(at);
      } else {
        out.u32(at);
      }
      at += run.bytes();
    }
  }
}
