package io.kydai.streaming.playback;

import io.kydai.streaming.mp4.JoinedFragments;
import io.kydai.streaming.mp4.RecordedFragment;
import io.kydai.streaming.recording.disk.SegmentNames;
import io.kydai.streaming.recording.index.Segment;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;

/**
 * A span of a camera's recording as one fragmented MP4 file, whose length is known before it is
 * written. Immutable; safe for many threads.
 *
 * <p>It begins with the key frame at or before the span's beginning, so that it can be decoded. Its
 * times are those of the wall clock: a second of the file is a second of the day, and a gap is a
 * hole in which the picture stands. Where a clock was set back, the pictures of the second time
 * follow those of the first. Where the codec parameters change, the new ones stand in the stream.
 * Sound is that of the kind that comes first in the span; another kind is left out.
 *
 * <p>Bounds: {@value #MOST_FRAGMENTS} fragments, three hours with usual key frames; the file ends
 * there. It also ends where the codec changes, since no player goes from one to another within a
 * track.
 */
public final class RecordedSpan {
  /** As many fragments does a span have at most. */
  public static final int MOST_FRAGMENTS = 20_000;

  private final ByteBuffer initialisation;
  private final List<Part> parts;
  private final long size;
  private final Instant start;
  private final Instant end;

  /**
   * A fragment in its place.
   *
   * @param parameterSets that stand before its first picture
   * @param at its first byte in the whole
   */
  record Part(
      Path file, RecordedFragment fragment, long decodeTime, ByteBuffer parameterSets, long at) {
    int headerSize() {
      return JoinedFragments.headerSize(fragment);
    }

    long end() {
      return mediaAt() + fragment.mediaBytes();
    }

    Part lasting(long[] durations) {
      return new Part(file, fragment.lasting(durations), decodeTime, parameterSets, at);
    }

    long mediaAt() {
      return at + headerSize() + parameterSets.remaining();
    }
  }

  RecordedSpan(ByteBuffer initialisation, List<Part> parts, Instant start, Instant end) {
    this.initialisation = initialisation;
    this.parts = parts;
    this.start = start;
    this.end = end;
    size = parts.isEmpty() ? 0 : parts.get(parts.size() - 1).end();
  }

  /**
   * Reads the headers of what a span needs.
   *
   * @param files where each segment's file is; null where its disk is not there
   * @param segments of one camera, in the order of their beginning; one whose file was deleted in
   *     the meantime, or is not there, is left out
   * @param sound whether with what was recorded of the sound
   * @return with no bytes when nothing was recorded in the span
   * @throws IOException when a file cannot be read
   */
  public static RecordedSpan open(
      SegmentFiles files, List<Segment> segments, Instant from, Instant to, boolean sound)
      throws IOException {
    return new SpanReader(files, from, to, false, sound).read(segments);
  }

  /**
   * As {@link #open}, without any picture from before the span: it begins with the first key frame
   * in it.
   */
  public static RecordedSpan openWithin(
      SegmentFiles files, List<Segment> segments, Instant from, Instant to, boolean sound)
      throws IOException {
    return new SpanReader(files, from, to, true, sound).read(segments);
  }

  /** Returns whether any of it has been thinned to key frames. */
  public boolean isThinned() {
    return parts.stream().anyMatch(part -> SegmentNames.isThinned(part.file().toString()));
  }

  /** The whole file's length in bytes; 0 when nothing was recorded. */
  public long size() {
    return size;
  }

  /** When the first picture was taken; the beginning of the span when there is none. */
  public Instant start() {
    return start;
  }

  /** When the last picture has ended. */
  public Instant end() {
    return end;
  }

  /** What stands before the first fragment, {@code ftyp} and {@code moov}; read-only. */
  public ByteBuffer initialisation() {
    return initialisation.asReadOnlyBuffer();
  }

  /**
   * A fragment, for those who write its pictures into a file of another kind.
   *
   * @param file in which it is
   * @param decodeTime 1/90000 s from the span's beginning
   * @param parameterSets that stand before its first picture, each behind its length of four bytes;
   *     read-only, mostly empty
   */
  public record Stored(
      Path file, RecordedFragment fragment, long decodeTime, ByteBuffer parameterSets) {}

  /** The fragments in their order, with their places in the recorded files. */
  public List<Stored> stored() {
    return parts.stream()
        .map(
            part ->
                new Stored(
                    part.file(),
                    part.fragment(),
                    part.decodeTime(),
                    part.parameterSets().asReadOnlyBuffer()))
        .toList();
  }

  /** The length of what stands before the first fragment, in bytes. */
  long initialisationSize() {
    return initialisation.remaining();
  }

  /**
   * A fragment in its place in the file.
   *
   * @param at its first byte
   * @param end its last byte, exclusive
   * @param decodeTime 1/90000 s from the file's beginning
   * @param duration 1/90000 s
   * @param keyFrame whether decoding can begin with it
   */
  record Placed(
      long at, long end, long decodeTime, long duration, boolean keyFrame, Instant wallClock) {}

  /** The fragments in their order. */
  List<Placed> placed() {
    return parts.stream()
        .map(
            part ->
                new Placed(
                    part.at(),
                    part.end(),
                    part.decodeTime(),
                    part.fragment().samples().duration(),
                    part.fragment().keyFrame(),
                    part.fragment().wallClock()))
        .toList();
  }

  /**
   * Writes a range of the file's bytes.
   *
   * @param offset of the first byte, 0 to the size
   * @param length in bytes, up to the size
   * @throws IOException when the channel cannot be written, or a file cannot be read or was deleted
   */
  public void write(WritableByteChannel out, long offset, long length) throws IOException {
    if (offset < 0 || length < 0 || offset + length > size) {
      throw new IllegalArgumentException("the range is not within the file");
    }
    long position = offset;
    long until = offset + length;
    position += put(out, initialisation.duplicate(), 0, position, until);
    int next = firstPart(position);
    while (position < until) {
      position += write(out, parts.get(next), next + 1, position, until);
      next++;
    }
  }

  private int firstPart(long position) {
    int low = 0;
    int high = parts.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (parts.get(middle).end() <= position) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private long write(WritableByteChannel out, Part part, int number, long from, long until)
      throws IOException {
    RecordedFragment fragment = part.fragment();
    ByteBuffer sets = part.parameterSets();
    ByteBuffer header =
        JoinedFragments.header(number, fragment, part.decodeTime(), sets.remaining());
    long position = from + put(out, header, part.at(), from, until);
    position += put(out, sets, part.at() + part.headerSize(), position, until);
    long mediaAt = part.mediaAt();
    long last = Math.min(until, part.end());
    if (position < last) {
      try (FileChannel file = open(part.file())) {
        while (position < last) {
          long sent =
              file.transferTo(fragment.mediaOffset() + position - mediaAt, last - position, out);
          if (sent <= 0) {
            throw new IOException("recording " + part.file() + " became shorter");
          }
          position += sent;
        }
      }
    }
    return position - from;
  }

  /** Writes those of the bytes that lie in the range, and returns how many these are. */
  private static long put(
      WritableByteChannel out, ByteBuffer bytes, long at, long position, long until)
      throws IOException {
    long end = at + bytes.remaining();
    if (position >= end || until <= at) {
      return 0;
    }
    ByteBuffer wanted = bytes.slice((int) (position - at), (int) (Math.min(until, end) - position));
    long count = wanted.remaining();
    while (wanted.hasRemaining()) {
      out.write(wanted);
    }
    return count;
  }

  static FileChannel open(Path file) throws IOException {
    return FileChannel.open(file, StandardOpenOption.READ);
  }
}
