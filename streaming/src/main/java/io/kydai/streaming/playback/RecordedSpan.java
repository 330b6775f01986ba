package io.kydai.streaming.playback;

import io.kydai.ingest.media.MediaTime;
import io.kydai.streaming.mp4.JoinedFragments;
import io.kydai.streaming.mp4.RecordedFile;
import io.kydai.streaming.mp4.RecordedFragment;
import io.kydai.streaming.recording.index.Segment;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A span of a camera's recording as one fragmented MP4 file, whose length is known before it is
 * written. Immutable; safe for many threads.
 *
 * <p>It begins with the key frame at or before the span's beginning, so that it can be decoded. Its
 * times are those of the wall clock: a second of the file is a second of the day, and a gap is a
 * hole in which the picture stands. Where a clock was set back, the pictures of the second time
 * follow those of the first. Where the codec parameters change, the new ones stand in the stream.
 *
 * <p>Bounds: {@value #MOST_FRAGMENTS} fragments, three hours with usual key frames; the file ends
 * there. It also ends where the codec changes, since no player goes from one to another within a
 * track.
 */
public final class RecordedSpan {
  /** As many fragments does a span have at most. */
  public static final int MOST_FRAGMENTS = 20_000;

  private static final Logger LOG = LoggerFactory.getLogger(RecordedSpan.class);

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
  private record Part(
      Path file, RecordedFragment fragment, long decodeTime, ByteBuffer parameterSets, long at) {
    int headerSize() {
      return JoinedFragments.headerSize(fragment);
    }

    long end() {
      return mediaAt() + fragment.end() - fragment.mediaOffset();
    }

    Part lasting(long[] durations) {
      return new Part(file, fragment.lasting(durations), decodeTime, parameterSets, at);
    }

    long mediaAt() {
      return at + headerSize() + parameterSets.remaining();
    }
  }

  private RecordedSpan(ByteBuffer initialisation, List<Part> parts, Instant start, Instant end) {
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
   * @return with no bytes when nothing was recorded in the span
   * @throws IOException when a file cannot be read
   */
  public static RecordedSpan open(
      SegmentFiles files, List<Segment> segments, Instant from, Instant to) throws IOException {
    return new Reader(files, from, to, false).read(segments);
  }

  /**
   * As {@link #open}, without any picture from before the span: it begins with the first key frame
   * in it.
   */
  public static RecordedSpan openWithin(
      SegmentFiles files, List<Segment> segments, Instant from, Instant to) throws IOException {
    return new Reader(files, from, to, true).read(segments);
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

  private static FileChannel open(Path file) throws IOException {
    return FileChannel.open(file, StandardOpenOption.READ);
  }

  private static final class Reader {
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final SegmentFiles files;
    private final Instant from;
    private final Instant to;
    private final boolean within;
    private final List<Source> sources = new ArrayList<>();
    private final List<Part> placed = new ArrayList<>();
    private @Nullable RecordedFile first;
    private ByteBuffer parameterSets = NOTHING;
    private boolean inBand;
    private long nextFree;
    private long at;

    /**
     * @param within whether no picture from before the span may be shown
     */
    Reader(SegmentFiles files, Instant from, Instant to, boolean within) {
      this.files = files;
      this.within = within;
      this.from = from;
      this.to = to;
    }

    private record Source(Path file, RecordedFragment fragment, ByteBuffer parameterSets) {}

    RecordedSpan read(List<Segment> segments) throws IOException {
      boolean more = true;
      for (int i = 0; i < segments.size() && more; i++) {
        Path file = files.path(segments.get(i));
        if (file == null) {
          continue;
        }
        try (FileChannel channel = open(file)) {
          more = add(file, RecordedFile.read(channel));
        } catch (NoSuchFileException e) {
          LOG.info("recording {} was deleted while it was asked for", file);
        }
      }
      RecordedFile beginning = first;
      if (beginning == null) {
        return new RecordedSpan(NOTHING, List.of(), from, from);
      }
      ByteBuffer initialisation = JoinedFragments.initialisation(beginning, inBand);
      at = initialisation.remaining();
      Instant start = sources.get(0).fragment().wallClock();
      for (Source source : sources) {
        place(source, start);
      }
      RecordedFragment last = sources.get(sources.size() - 1).fragment();
      return new RecordedSpan(
          initialisation, Collections.unmodifiableList(placed), start, last.wallClockEnd());
    }

    /** Takes what lies in the span of a file, and returns whether another file may follow. */
    private boolean add(Path file, RecordedFile content) throws IOException {
      List<RecordedFragment> fragments = content.fragments();
      int begin = beginning(fragments);
      if (begin >= fragments.size() || !fragments.get(begin).wallClock().isBefore(to)) {
        return true;
      }
      ByteBuffer changed = NOTHING;
      if (first == null) {
        first = content;
        parameterSets = content.parameterSets();
      } else if (!content.codec().equals(first.codec())) {
        return false;
      } else if (!content.parameterSets().equals(parameterSets)) {
        parameterSets = content.parameterSets();
        changed = parameterSets;
        inBand = true;
      }
      for (int i = begin; i < fragments.size(); i++) {
        RecordedFragment fragment = fragments.get(i);
        if (!fragment.wallClock().isBefore(to)) {
          return true;
        }
        if (sources.size() == MOST_FRAGMENTS) {
          return false;
        }
        sources.add(new Source(file, fragment, i == begin ? changed : NOTHING));
      }
      return true;
    }

    /** Returns the first fragment that is shown; the number of fragments when none is. */
    private int beginning(List<RecordedFragment> fragments) {
      int last = fragments.size() - 1;
      if (last < 0 || !fragments.get(last).wallClockEnd().isAfter(from)) {
        return fragments.size();
      }
      int begin = 0;
      for (int i = 0; i <= last; i++) {
        RecordedFragment fragment = fragments.get(i);
        boolean before = fragment.wallClock().isBefore(from);
        if (within && fragment.keyFrame() && !before) {
          return i;
        }
        if (fragment.keyFrame() && !fragment.wallClock().isAfter(from)) {
          begin = i;
        }
      }
      return within ? fragments.size() : begin;
    }

    private void place(Source source, Instant start) {
      RecordedFragment fragment = source.fragment();
      long shown = MediaTime.ticks(Duration.between(start, fragment.wallClock()));
      long earlier = delay(fragment) - delay(sources.get(0).fragment());
      if (shown - earlier < nextFree) {
        shortenLast(nextFree - shown + earlier);
      }
      long decodeTime = Math.max(nextFree, shown - earlier);
      Part part = new Part(source.file(), fragment, decodeTime, source.parameterSets(), at);
      placed.add(part);
      at = part.end();
      nextFree = decodeTime + fragment.samples().duration();
    }

    /**
     * Ends the last picture earlier, where the camera's clock runs ahead of the clock that the
     * times are of, so that the whole stays as long as the day.
     */
    private void shortenLast(long ticks) {
      if (placed.isEmpty()) {
        return;
      }
      Part last = placed.get(placed.size() - 1);
      long[] durations = last.fragment().samples().durations().clone();
      int picture = durations.length - 1;
      if (ticks >= durations[picture]) {
        return; // The clock was set back, and the pictures of the second time follow.
      }
      durations[picture] -= ticks;
      placed.set(placed.size() - 1, last.lasting(durations));
      nextFree -= ticks;
    }

    /** How long after it is decoded the first picture is shown. */
    private static long delay(RecordedFragment fragment) {
      return fragment.mediaTime() - fragment.decodeTime();
    }
  }
}
