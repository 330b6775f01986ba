package io.kydai.streaming.export;

import io.kydai.streaming.mp4.MovieIndex;
import io.kydai.streaming.mp4.RecordedFragment;
import io.kydai.streaming.playback.RecordedSpan;
import io.kydai.streaming.playback.SegmentFiles;
import io.kydai.streaming.recording.disk.SegmentNames;
import io.kydai.streaming.recording.index.Segment;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * A span of a camera's recording as one whole MP4 file with its index in front, whose length is
 * known before it is written. The pictures are those that the camera sent, byte for byte; {@link
 * RecordedSpan} says which ones and when they are shown. It may be larger than 4 GiB. Immutable.
 */
public final class ExportedVideo {
  /** Two pictures that are further apart have a gap between them. */
  private static final Duration NO_GAP = Duration.ofMillis(100);

  private static final int PIECE = 1 << 20;

  private final ByteBuffer header;
  private final List<RecordedSpan.Stored> parts;
  private final boolean sound;
  private final Instant start;
  private final Instant end;
  private final long size;

  /** A span without a gap; {@code to} is when its last picture has ended. */
  public record Span(Instant from, Instant to) {}

  private ExportedVideo(RecordedSpan span) throws IOException {
    parts = span.stored();
    sound = parts.stream().anyMatch(part -> part.fragment().sound() != null);
    start = span.start();
    end = span.end();
    header =
        parts.isEmpty()
            ? ByteBuffer.allocate(0)
            : MovieIndex.header(
                span.initialisation(),
                start,
                parts.stream()
                    .map(
                        part ->
                            new MovieIndex.Run(
                                part.fragment(),
                                part.decodeTime(),
                                part.parameterSets().remaining()))
                    .toList());
    size = header.remaining() + parts.stream().mapToLong(ExportedVideo::bytes).sum();
  }

  private static long bytes(RecordedSpan.Stored part) {
    RecordedFragment fragment = part.fragment();
    return part.parameterSets().remaining() + fragment.mediaBytes();
  }

  /**
   * Reads the headers of recorded files.
   *
   * @param files where each segment's file is
   * @param segments those of one file of an {@link ExportPlan}
   * @param sound whether with what was recorded of the sound
   * @return with no bytes where nothing of them lies in the span
   * @throws IOException when a file cannot be read
   */
  public static ExportedVideo open(
      SegmentFiles files, List<Segment> segments, Instant from, Instant to, boolean sound)
      throws IOException {
    return new ExportedVideo(RecordedSpan.open(files, segments, from, to, sound));
  }

  /** The file's length in bytes; 0 where nothing was recorded. */
  public long size() {
    return size;
  }

  /** When the first picture was taken. */
  public Instant start() {
    return start;
  }

  /** When the last picture has ended. */
  public Instant end() {
    return end;
  }

  /** The number of tracks: the pictures, and the sound where it has any. */
  public int tracks() {
    return sound ? 2 : 1;
  }

  /** The number of pictures. */
  public long pictures() {
    return parts.stream().mapToLong(part -> part.fragment().samples().count()).sum();
  }

  /**
   * Returns how much of the file has times of the camera's own clock, 0 to 1; the rest has those of
   * this machine, at arrival.
   */
  public double takenByCamera() {
    long own = 0;
    for (RecordedSpan.Stored part : parts) {
      own += part.fragment().takenByCamera() ? part.fragment().samples().count() : 0;
    }
    return parts.isEmpty() ? 0 : (double) own / pictures();
  }

  /** The spans of which the file has pictures, in their order. */
  public List<Span> spans() {
    return spans(part -> true);
  }

  /** The spans of which only key frames were left when the file was made, in their order. */
  public List<Span> thinned() {
    return spans(part -> SegmentNames.isThinned(part.file().toString()));
  }

  private List<Span> spans(Predicate<RecordedSpan.Stored> which) {
    List<Span> spans = new ArrayList<>();
    for (RecordedSpan.Stored part : parts.stream().filter(which).toList()) {
      Instant from = part.fragment().wallClock();
      Instant to = part.fragment().wallClockEnd();
      Span last = spans.isEmpty() ? null : spans.get(spans.size() - 1);
      if (last != null && Duration.between(last.to(), from).compareTo(NO_GAP) <= 0) {
        spans.set(spans.size() - 1, new Span(last.from(), to.isAfter(last.to()) ? to : last.to()));
      } else {
        spans.add(new Span(from, to));
      }
    }
    return spans;
  }

  /**
   * Writes the whole file.
   *
   * @throws IOException when the channel cannot be written, a recorded file cannot be read or was
   *     deleted, or the progress ends it
   */
  public void write(WritableByteChannel out, ExportProgress progress) throws IOException {
    put(header.duplicate(), out, progress);
    ByteBuffer buffer = ByteBuffer.allocate(PIECE);
    int next = 0;
    while (next < parts.size()) {
      Path file = parts.get(next).file();
      try (FileChannel in = FileChannel.open(file, StandardOpenOption.READ)) {
        while (next < parts.size() && parts.get(next).file().equals(file)) {
          RecordedSpan.Stored part = parts.get(next);
          put(part.parameterSets().duplicate(), out, progress);
          copy(in, file, part.fragment(), buffer, out, progress);
          next++;
        }
      }
    }
  }

  private static void copy(
      FileChannel in,
      Path file,
      RecordedFragment fragment,
      ByteBuffer buffer,
      WritableByteChannel out,
      ExportProgress progress)
      throws IOException {
    long at = fragment.mediaOffset();
    long end = at + fragment.mediaBytes();
    while (at < end) {
      buffer.clear().limit((int) Math.min(PIECE, end - at));
      int count = in.read(buffer, at);
      if (count <= 0) {
        throw new IOException("recording " + file + " became shorter");
      }
      put(buffer.flip(), out, progress);
      at += count;
    }
  }

  private static void put(ByteBuffer bytes, WritableByteChannel out, ExportProgress progress)
      throws IOException {
    long count = bytes.remaining();
    while (bytes.hasRemaining()) {
      out.write(bytes);
    }
    progress.written(count);
  }
}
