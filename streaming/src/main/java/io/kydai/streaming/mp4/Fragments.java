package io.kydai.streaming.mp4;

import io.kydai.ingest.media.AccessUnit;
import io.kydai.ingest.media.CodecParameters;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Fragmented MP4 as Media Source Extensions take it (W3C "ISO BMFF Byte Stream Format"): one
 * initialisation segment, then one fragment per access unit, so that a picture leaves as soon as it
 * is here. Presentation times are the access units' media times, in ticks of 1/90000 s.
 */
public final class Fragments {
  private static final int FRAGMENT_OVERHEAD = 128;
  static final int DEFAULT_BASE_IS_MOOF = 0x020000;
  static final int OFFSET_DURATION_SIZE_FLAGS_COMPOSITION = 0xf01;
  static final int OFFSET_DURATION_SIZE = 0x301;
  static final long SYNC_SAMPLE = 0x02000000L;
  static final long DEPENDENT_SAMPLE = 0x01010000L;

  private Fragments() {}

  /**
   * Muxes the initialisation segment, {@code ftyp} and {@code moov}, of a stream with these codec
   * parameters.
   *
   * @return read-only, owned by the caller
   */
  public static ByteBuffer initialisation(CodecParameters parameters) {
    return initialisation(parameters, null);
  }

  /**
   * As {@link #initialisation(CodecParameters)}, with a second track.
   *
   * @param sound null where there is none
   */
  public static ByteBuffer initialisation(CodecParameters parameters, @Nullable SoundTrack sound) {
    BoxWriter out = new BoxWriter(1024);
    out.box("ftyp", () -> out.text("iso6").u32(0).text("iso6").text("mp41"));
    out.box(
        "moov",
        () -> {
          TrackBoxes.movieHeader(out, 0, 0, sound != null);
          out.box(
              "trak",
              () -> {
                TrackBoxes.trackHeader(out, parameters, 0, 0);
                TrackBoxes.media(out, List.of(parameters), 0, 0, () -> emptyTables(out));
              });
          if (sound != null) {
            sound.track(out);
          }
          fragmentsFollow(out, sound != null);
        });
    return out.finish();
  }

  /**
   * Muxes {@code moof} and {@code mdat} of one access unit, whose data is copied.
   *
   * @param number counts a stream's fragments from 1
   * @param decodeTime 1/90000 s, at least 0; see {@link FragmentTimes}; the composition offset is
   *     what is left to the media time
   * @param duration 1/90000 s
   * @return read-only, owned by the caller
   */
  public static ByteBuffer fragment(long number, AccessUnit unit, long decodeTime, long duration) {
    return fragment(0, number, unit, decodeTime, duration).asReadOnlyBuffer();
  }

  /**
   * As {@link #fragment(long, AccessUnit, long, long)}, behind some free bytes.
   *
   * @param room how many
   * @return from the free bytes to the end of the fragment, which is its capacity
   */
  public static ByteBuffer fragment(
      int room, long number, AccessUnit unit, long decodeTime, long duration) {
    ByteBuffer data = unit.data();
    int length = data.remaining();
    BoxWriter out = new BoxWriter(Math.addExact(length, room + FRAGMENT_OVERHEAD));
    out.zeros(room);
    int[] offsetAt = new int[1];
    out.box(
        "moof",
        () -> {
          out.fullBox("mfhd", 0, 0, () -> out.u32(number));
          out.box(
              "traf",
              () -> {
                out.fullBox("tfhd", 0, DEFAULT_BASE_IS_MOOF, () -> out.u32(TrackBoxes.TRACK));
                out.fullBox("tfdt", 1, 0, () -> out.u64(decodeTime));
                out.fullBox(
                    "trun",
                    1,
                    OFFSET_DURATION_SIZE_FLAGS_COMPOSITION,
                    () -> {
                      out.u32(1);
                      offsetAt[0] = out.size();
                      out.u32(0).u32(duration).u32(length);
                      out.u32(unit.keyFrame() ? SYNC_SAMPLE : DEPENDENT_SAMPLE);
                      out.u32(unit.mediaTime() - decodeTime);
                    });
              });
        });
    out.patch32(offsetAt[0], out.size() - room + 8);
    out.box("mdat", () -> out.put(data));
    return out.writable();
  }

  /** Writes {@code mvex}: that fragments follow. */
  static void fragmentsFollow(BoxWriter out, boolean withSound) {
    out.box(
        "mvex",
        () -> {
          out.fullBox("trex", 0, 0, () -> out.u32(TrackBoxes.TRACK).u32(1).zeros(12));
          if (withSound) {
            out.fullBox("trex", 0, 0, () -> out.u32(TrackBoxes.SOUND).u32(1).zeros(12));
          }
        });
  }

  static void emptyTables(BoxWriter out) {
    out.fullBox("stts", 0, 0, () -> out.u32(0));
    out.fullBox("stsc", 0, 0, () -> out.u32(0));
    out.fullBox("stsz", 0, 0, () -> out.u32(0).u32(0));
    out.fullBox("stco", 0, 0, () -> out.u32(0));
  }
}
