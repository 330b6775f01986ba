package io.kydai.streaming.mp4;

import io.kydai.ingest.media.AccessUnit;
import io.kydai.ingest.media.WallClockSource;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One fragment of several access units for a file: {@code prft}, {@code moof} and {@code mdat}
 * (ISO/IEC 14496-12, sections 8.16.5, 8.8.4 and 8.1.1). The producer reference time says when the
 * first picture was taken, so that a file alone tells its times. All of it is in one array, since
 * one write and one digest of it cost less than one for each picture.
 */
public final class FragmentGroup {
  /** {@code prft} flags: the time at which the picture was taken (14496-12, section 8.16.5.3). */
  static final int TAKEN = 24;

  /** {@code prft} flags: the time at which the encoder's output was received, near enough. */
  static final int RECEIVED = 1;

  private static final long SECONDS_FROM_1900_TO_1970 = 2_208_988_800L;
  private static final int NANOS_PER_SECOND = 1_000_000_000;
  private static final int BYTES_PER_SAMPLE = 16;
  private static final int BOXES = 192;

  /** The boxes traf, tfhd and tfdt of the sound, and the beginning of its trun. */
  private static final int SOUND_BOXES = 8 + 16 + 20 + 20;

  private FragmentGroup() {}

  /**
   * Muxes access units, in decoding order.
   *
   * @param number counts a file's fragments from 1
   * @param units at least one, with the file's codec parameters
   * @param origin the decode time, 1/90000 s, that is 0 in the file; not later than the first's own
   * @param end the decode time, 1/90000 s, at which the last access unit ends; later than its own
   * @return owned by the caller, with an array
   */
  public static ByteBuffer mux(long number, List<AccessUnit> units, long origin, long end) {
    return mux(number, units, origin, end, null);
  }

  /**
   * As {@link #mux(long, List, long, long)}, with sound, which stands behind the pictures.
   *
   * @param sound null where there is none
   */
  public static ByteBuffer mux(
      long number,
      List<AccessUnit> units,
      long origin,
      long end,
      SoundPlaces.@Nullable Group sound) {
    AccessUnit first = units.get(0);
    int frames = sound == null ? 0 : sound.frames().size();
    long pictures = 0;
    for (AccessUnit unit : units) {
      pictures += unit.size();
    }
    long all = pictures + (sound == null ? 0 : sound.size());
    BoxWriter out =
        new BoxWriter(
            Math.toIntExact(
                all + BOXES + BYTES_PER_SAMPLE * units.size() + SOUND_BOXES + 8 * frames));
    referenceTime(
        out,
        first.wallClockSource() == WallClockSource.SENDER_REPORT,
        first.wallClock(),
        first.mediaTime() - origin);
    int moof = out.size();
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
                out.fullBox("tfdt", 1, 0, () -> out.u64(first.decodeTime() - origin));
                out.fullBox(
                    "trun",
                    1,
                    Fragments.OFFSET_DURATION_SIZE_FLAGS_COMPOSITION,
                    () -> {
                      out.u32(units.size());
                      offsetAt[0] = out.size();
                      out.u32(0);
                      samples(out, units, end);
                    });
              });
          if (sound != null) {
            int[] sizes = sound.frames().stream().mapToInt(ByteBuffer::remaining).toArray();
            offsetAt[1] = soundBoxes(out, sound.decodeTime(), sound.durations(), sizes);
          }
        });
    int media = out.size() - moof + 8;
    out.patch32(offsetAt[0], media);
    if (sound != null) {
      out.patch32(offsetAt[1], Math.toIntExact(media + pictures));
    }
    out.u32(Math.addExact(all, 8)).text("mdat");
    for (AccessUnit unit : units) {
      out.put(unit.data());
    }
    if (sound != null) {
      sound.frames().forEach(frame -> out.put(frame.duplicate()));
    }
    return out.writable();
  }

  /** The length of {@link #referenceTime}, in bytes. */
  static final int REFERENCE_TIME = 32;

  /** Writes {@code prft}: which time of the wall clock a media time of the file is. */
  static void referenceTime(BoxWriter out, boolean isTaken, Instant wallClock, long mediaTime) {
    out.fullBox(
        "prft",
        1,
        isTaken ? TAKEN : RECEIVED,
        () -> {
          out.u32(TrackBoxes.TRACK);
          ntp(out, wallClock);
          out.u64(mediaTime);
        });
  }

  /**
   * Writes the {@code traf} of the sound.
   *
   * @return where the offset of its bytes from the beginning of {@code moof} is to be filled in
   */
  static int soundBoxes(BoxWriter out, long decodeTime, int[] durations, int[] sizes) {
    int[] offsetAt = new int[1];
    out.box(
        "traf",
        () -> {
          out.fullBox("tfhd", 0, Fragments.DEFAULT_BASE_IS_MOOF, () -> out.u32(TrackBoxes.SOUND));
          out.fullBox("tfdt", 1, 0, () -> out.u64(decodeTime));
          out.fullBox(
              "trun",
              0,
              Fragments.OFFSET_DURATION_SIZE,
              () -> {
                out.u32(sizes.length);
                offsetAt[0] = out.size();
                out.u32(0);
                for (int i = 0; i < sizes.length; i++) {
                  out.u32(durations[i]).u32(sizes[i]);
                }
              });
        });
    return offsetAt[0];
  }

  /** The length of {@link #soundBoxes}, in bytes. */
  static int soundBoxesSize(int frames) {
    return SOUND_BOXES + 8 * frames;
  }

  private static void samples(BoxWriter out, List<AccessUnit> units, long end) {
    for (int i = 0; i < units.size(); i++) {
      AccessUnit unit = units.get(i);
      long next = i + 1 < units.size() ? units.get(i + 1).decodeTime() : end;
      out.u32(next - unit.decodeTime()).u32(unit.size());
      out.u32(unit.keyFrame() ? Fragments.SYNC_SAMPLE : Fragments.DEPENDENT_SAMPLE);
      out.u32(unit.mediaTime() - unit.decodeTime());
    }
  }

  /** Writes an NTP timestamp (RFC 5905, section 6) of era 0, as ISO/IEC 14496-12 has it. */
  private static void ntp(BoxWriter out, Instant time) {
    out.u32(time.getEpochSecond() + SECONDS_FROM_1900_TO_1970);
    out.u32(((long) time.getNano() << 32) / NANOS_PER_SECOND);
  }

  /** Returns the time of an NTP timestamp of era 0, to the nearest nanosecond. */
  static Instant time(long ntp) {
    long fraction = ntp & 0xffff_ffffL;
    return Instant.ofEpochSecond(
        (ntp >>> 32) - SECONDS_FROM_1900_TO_1970,
        (fraction * NANOS_PER_SECOND + (1L << 31)) >>> 32);
  }
}
