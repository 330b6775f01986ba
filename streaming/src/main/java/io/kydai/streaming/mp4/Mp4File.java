package io.kydai.streaming.mp4;

import io.kydai.ingest.media.AccessUnit;
import io.kydai.ingest.media.CodecParameters;
import io.kydai.ingest.media.MediaTime;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.ArrayList;
import java.util.List;

/**
 * A whole MP4 file (ISO/IEC 14496-12) with its index in front, made of access units that are all at
 * hand. Its times are exact, and a player seeks in it without reading it to the end.
 *
 * <p>Presentation starts at 0 with the earliest picture (an edit list takes off the delay that
 * reordering needs). The last picture lasts as long as the one before it. Where the codec
 * parameters change within, the file has several sample descriptions. A hole in media time stays a
 * hole: the picture before it stands until the next.
 */
public final class Mp4File {
  /** The most bytes of media that 32-bit offsets can address; clips are far smaller. */
  static final long MAX_MEDIA_BYTES = 1L << 31;

  private static final long ONLY_PICTURE = MediaTime.ticksOfMillis(40);
  private static final int MEDIA_HEADER = 8;

  private final List<AccessUnit> units;
  private final SampleTimes times;
  private final List<CodecParameters> descriptions = new ArrayList<>();
  private final List<Chunk> chunks = new ArrayList<>();
  private final long mediaBytes;

  /** A chunk of consecutive samples with the same description, which is counted from 1. */
  private record Chunk(int description, int samples, long offset) {}

  private Mp4File(List<AccessUnit> units) {
    this.units = units;
    times = SampleTimes.of(units, ONLY_PICTURE);
    mediaBytes = arrange();
  }

  /**
   * Writes the file from the channel's position on.
   *
   * @param units in decoding order, the first a key frame; not empty
   * @throws IllegalArgumentException when there is none, the first is no key frame, or they are
   *     larger than 2 GiB together
   * @throws IOException when the channel cannot be written
   */
  public static void write(List<AccessUnit> units, WritableByteChannel out) throws IOException {
    if (units.isEmpty() || !units.get(0).keyFrame()) {
      throw new IllegalArgumentException("a file starts with a key frame");
    }
    Mp4File file = new Mp4File(List.copyOf(units));
    // The index is as long with wrong offsets as with right ones.
    int headerSize = file.header(0).remaining();
    writeAll(file.header(headerSize), out);
    for (AccessUnit unit : file.units) {
      writeAll(unit.data(), out);
    }
  }

  private static void writeAll(ByteBuffer data, WritableByteChannel out) throws IOException {
    while (data.hasRemaining()) {
      out.write(data);
    }
  }

  private long arrange() {
    long offset = 0;
    long chunkOffset = 0;
    int samples = 0;
    int description = 0;
    for (AccessUnit unit : units) {
      int wanted = descriptionOf(unit.parameters());
      if (wanted != description && samples > 0) {
        chunks.add(new Chunk(description, samples, chunkOffset));
        chunkOffset = offset;
        samples = 0;
      }
      description = wanted;
      samples++;
      offset += unit.size();
    }
    chunks.add(new Chunk(description, samples, chunkOffset));
    if (offset > MAX_MEDIA_BYTES) {
      throw new IllegalArgumentException("larger than 2 GiB: " + offset + " bytes");
    }
    return offset;
  }

  private int descriptionOf(CodecParameters parameters) {
    int index = descriptions.indexOf(parameters);
    if (index < 0) {
      descriptions.add(parameters);
      index = descriptions.size() - 1;
    }
    return index + 1;
  }

  /** Writes all that stands before the first sample. */
  private ByteBuffer header(int mediaStart) {
    long created = SampleTables.secondsSince1904(units.get(0).wallClock());
    CodecParameters shape = units.get(0).parameters();
    BoxWriter out = new BoxWriter(2048 + units.size() * 16);
    out.box("ftyp", () -> out.text("isom").u32(0x200).text("isom").text("mp41"));
    out.box(
        "moov",
        () -> {
          TrackBoxes.movieHeader(out, created, times.shown());
          out.box(
              "trak",
              () -> {
                TrackBoxes.trackHeader(out, shape, created, times.shown());
                out.box("edts", () -> edit(out));
                TrackBoxes.media(
                    out, descriptions, created, times.decoded(), () -> tables(out, mediaStart));
              });
        });
    out.u32(mediaBytes + MEDIA_HEADER).text("mdat");
    return out.finish();
  }

  private void edit(BoxWriter out) {
    out.fullBox("elst", 1, 0, () -> out.u32(1).u64(times.shown()).u64(times.delay()).u16(1).u16(0));
  }

  private void tables(BoxWriter out, int mediaStart) {
    out.fullBox("stts", 0, 0, () -> SampleTables.runs(out, times.durations()));
    if (times.reordered()) {
      out.fullBox("ctts", 0, 0, () -> SampleTables.runs(out, times.offsets()));
    }
    out.fullBox("stss", 0, 0, () -> keyFrames(out));
    out.fullBox(
        "stsc",
        0,
        0,
        () -> {
          out.u32(chunks.size());
          for (int i = 0; i < chunks.size(); i++) {
            out.u32(i + 1).u32(chunks.get(i).samples()).u32(chunks.get(i).description());
          }
        });
    out.fullBox(
        "stsz",
        0,
        0,
        () -> {
          out.u32(0).u32(units.size());
          units.forEach(unit -> out.u32(unit.size()));
        });
    out.fullBox(
        "stco",
        0,
        0,
        () -> {
          out.u32(chunks.size());
          chunks.forEach(chunk -> out.u32(mediaStart + chunk.offset()));
        });
  }

  private void keyFrames(BoxWriter out) {
    out.u32(units.stream().filter(AccessUnit::keyFrame).count());
    for (int i = 0; i < units.size(); i++) {
      if (units.get(i).keyFrame()) {
        out.u32(i + 1);
      }
    }
  }
}
