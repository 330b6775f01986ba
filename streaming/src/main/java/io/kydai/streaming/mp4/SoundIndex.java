package io.kydai.streaming.mp4;

import io.kydai.ingest.media.MediaTime;
import io.kydai.streaming.mp4.RecordedFragment.Sound;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The track of the sound in the index of a whole MP4 file, whose chunks stand behind those of the
 * pictures (ISO/IEC 14496-12, section 8). Before a hole in time the last frame lasts until the next
 * one. An edit list places it against the pictures.
 */
final class SoundIndex {
  private static final int NORMAL_RATE = 1;

  private final ByteBuffer descriptions;
  private final int timescale;
  private final List<Chunk> chunks;
  private final long[] durations;
  private final long begin;
  private final long length;

  /**
   * Frames that follow one another in the file.
   *
   * @param at their first byte, behind the header of {@code mdat}
   */
  private record Chunk(Sound sound, long at) {
    int count() {
      return sound.sizes().length;
    }
  }

  private SoundIndex(ByteBuffer descriptions, int timescale, List<Chunk> chunks) {
    this.descriptions = descriptions;
    this.timescale = timescale;
    this.chunks = chunks;
    begin = chunks.get(0).sound().decodeTime();
    durations = new long[chunks.stream().mapToInt(chunk -> chunk.sound().sizes().length).sum()];
    int next = 0;
    for (int i = 0; i < chunks.size(); i++) {
      Sound sound = chunks.get(i).sound();
      for (int duration : sound.durations()) {
        durations[next++] = duration;
      }
      if (i + 1 < chunks.size()) {
        durations[next - 1] +=
            Math.max(0, chunks.get(i + 1).sound().decodeTime() - sound.endTime());
      }
    }
    long sum = 0;
    for (long duration : durations) {
      sum += duration;
    }
    length = sum;
  }

  /**
   * Finds the sound of runs.
   *
   * @return null where none has any
   * @throws IOException when the initialisation does not describe it
   */
  static @Nullable SoundIndex of(ByteBuffer initialisation, List<MovieIndex.Run> runs)
      throws IOException {
    List<Chunk> chunks = new ArrayList<>();
    long at = 0;
    for (MovieIndex.Run run : runs) {
      Sound sound = run.fragment().sound();
      if (sound != null) {
        long behind = sound.offset() - run.fragment().mediaOffset();
        chunks.add(new Chunk(sound, at + run.prefix() + behind));
      }
      at += run.bytes();
    }
    if (chunks.isEmpty()) {
      return null;
    }
    int timescale = RecordedFile.soundTimescale(initialisation);
    ByteBuffer track = SampleEntry.soundTrack(initialisation);
    if (track == null) {
      throw new IOException("a recorded file has no sound");
    }
    return new SoundIndex(
        SampleEntry.inMedia(track, "minf", "stbl", "stsd"), timescale, List.copyOf(chunks));
  }

  /**
   * Returns when the sound ends, 1/90000 s of the movie.
   *
   * @param first the time of the first picture, 1/90000 s, which is 0 in the movie
   */
  long shown(long first) {
    return ticks(begin + length) - first;
  }

  private long ticks(long time) {
    return MediaTime.rescale(time, timescale, MediaTime.TICKS_PER_SECOND);
  }

  /**
   * Writes {@code trak}.
   *
   * @param first as of {@link #shown}
   * @param large whether places have 64 bits
   * @param mediaStart where the content of {@code mdat} begins in the file
   */
  void track(BoxWriter out, long created, long first, boolean large, long mediaStart) {
    long later = ticks(begin) - first;
    long skipped = later < 0 ? MediaTime.rescale(-later, MediaTime.TICKS_PER_SECOND, timescale) : 0;
    long heard = ticks(Math.max(0, length - skipped));
    out.box(
        "trak",
        () -> {
          TrackBoxes.soundHeader(out, created, Math.max(0, later) + heard);
          out.box("edts", () -> edits(out, Math.max(0, later), heard, skipped));
          TrackBoxes.sound(
              out,
              timescale,
              created,
              length,
              () -> out.put(descriptions.duplicate()),
              () -> tables(out, large, mediaStart));
        });
  }

  /** An empty edit, section 8.6.6, where the sound begins after the pictures. */
  private static void edits(BoxWriter out, long later, long heard, long skipped) {
    out.fullBox(
        "elst",
        1,
        0,
        () -> {
          out.u32(later > 0 ? 2 : 1);
          if (later > 0) {
            out.u64(later).u64(-1).u16(NORMAL_RATE).u16(0);
          }
          out.u64(heard).u64(skipped).u16(NORMAL_RATE).u16(0);
        });
  }

  private void tables(BoxWriter out, boolean large, long mediaStart) {
    out.fullBox("stts", 0, 0, () -> SampleTables.runs(out, durations));
    out.fullBox(
        "stsc",
        0,
        0,
        () -> SampleTables.chunks(out, chunks.stream().mapToInt(Chunk::count).toArray()));
    out.fullBox(
        "stsz",
        0,
        0,
        () -> {
          out.u32(0).u32(durations.length);
          for (Chunk chunk : chunks) {
            for (int size : chunk.sound().sizes()) {
              out.u32(size);
            }
          }
        });
    out.fullBox(
        large ? "co64" : "stco",
        0,
        0,
        () -> {
          out.u32(chunks.size());
          for (Chunk chunk : chunks) {
            long at = mediaStart + chunk.at();
            if (large) {
              out.u64(at);
            } else {
              out.u32(at);
            }
          }
        });
  }
}
