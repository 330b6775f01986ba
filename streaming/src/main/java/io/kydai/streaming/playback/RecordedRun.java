package io.kydai.streaming.playback;

import io.kydai.ingest.media.MediaTime;
import io.kydai.streaming.mp4.RecordedFile;
import io.kydai.streaming.mp4.RecordedFragment;
import io.kydai.streaming.recording.index.Segment;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A part of a recording without a gap and without a change of codec or parameter sets, as the
 * segments of a playlist. Opening {@link RecordedSpan} from its beginning to its end gives a file
 * in which the segments have these places.
 *
 * @param from when its first picture was taken, with which decoding can begin
 * @param to when its last picture has ended
 * @param initialisation the length of what stands before the first segment, in bytes
 * @param segments in their order, at least one
 */
public record RecordedRun(Instant from, Instant to, long initialisation, List<Piece> segments) {
  /** A run is divided here, since each request for a piece of it reads all of its headers. */
  private static final Duration LONGEST = Duration.ofMinutes(30);

  private static final Duration NO_GAP = Duration.ofMillis(100);
  private static final long PIECE = MediaTime.ofMillis(6_000).ticks();

  public RecordedRun {
    segments = List.copyOf(segments);
  }

  /**
   * A segment, which begins with a key frame.
   *
   * @param offset of its first byte in the run's file
   * @param length in bytes
   * @param duration 1/90000 s
   * @param wallClock at which its first picture was taken
   */
  public record Piece(long offset, long length, long duration, Instant wallClock) {}

  /**
   * Divides a span into runs. Together they have at most {@value RecordedSpan#MOST_FRAGMENTS}
   * fragments; what comes after is left out.
   *
   * @param files where each segment's file is; null where its disk is not there
   * @param recorded files of one camera, in the order of their beginning; one that was deleted in
   *     the meantime is left out
   * @param within whether no picture from before the span may be shown
   * @param sound whether with what was recorded of the sound
   * @throws IOException when a file cannot be read
   */
  public static List<RecordedRun> of(
      SegmentFiles files,
      List<Segment> recorded,
      Instant from,
      Instant to,
      boolean within,
      boolean sound)
      throws IOException {
    List<RecordedRun> runs = new ArrayList<>();
    int left = RecordedSpan.MOST_FRAGMENTS;
    for (List<Segment> alike : alike(files, recorded, sound)) {
      RecordedSpan span =
          within
              ? RecordedSpan.openWithin(files, alike, from, to, sound)
              : RecordedSpan.open(files, alike, from, to, sound);
      if (span.size() > 0) {
        left -= span.placed().size();
        if (left < 0) {
          return runs;
        }
        runs.add(
            new RecordedRun(span.start(), span.end(), span.initialisationSize(), pieces(span)));
      }
    }
    return runs;
  }

  /** What a file has in common with those that may be of the same run. */
  private record Kind(
      String codec, ByteBuffer parameterSets, @Nullable ByteBuffer soundDescription) {}

  /** Groups files that follow one another without a gap and are of one kind. */
  private static List<List<Segment>> alike(
      SegmentFiles files, List<Segment> recorded, boolean sound) throws IOException {
    List<List<Segment>> groups = new ArrayList<>();
    Kind kind = null;
    Instant begin = Instant.MIN;
    Instant end = Instant.MIN;
    for (Segment segment : recorded) {
      RecordedFile file = read(files, segment);
      if (file == null) {
        continue;
      }
      List<RecordedFragment> fragments = StreamChoice.shown(segment, file.fragments());
      if (fragments.isEmpty()) {
        continue;
      }
      Kind own =
          new Kind(file.codec(), file.parameterSets(), sound ? file.soundDescription() : null);
      Instant start = fragments.get(0).wallClock();
      boolean follows =
          own.equals(kind)
              && Duration.between(end, start).abs().compareTo(NO_GAP) <= 0
              && Duration.between(begin, start).compareTo(LONGEST) < 0;
      if (!follows) {
        groups.add(new ArrayList<>());
        begin = start;
      }
      groups.get(groups.size() - 1).add(segment);
      kind = own;
      end = fragments.get(fragments.size() - 1).wallClockEnd();
    }
    return groups;
  }

  private static @Nullable RecordedFile read(SegmentFiles files, Segment segment)
      throws IOException {
    Path file = files.path(segment);
    if (file == null) {
      return null;
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      return RecordedFile.read(channel);
    } catch (NoSuchFileException e) {
      return null; // Retention was faster; what it took is a gap.
    }
  }

  private static List<Piece> pieces(RecordedSpan span) {
    List<Piece> pieces = new ArrayList<>();
    List<RecordedSpan.Placed> placed = span.placed();
    RecordedSpan.Placed first = placed.get(0);
    for (RecordedSpan.Placed next : placed.subList(1, placed.size())) {
      if (next.keyFrame() && next.decodeTime() - first.decodeTime() >= PIECE) {
        pieces.add(piece(first, next.at(), next.decodeTime()));
        first = next;
      }
    }
    RecordedSpan.Placed last = placed.get(placed.size() - 1);
    pieces.add(piece(first, last.end(), last.decodeTime() + last.duration()));
    return pieces;
  }

  private static Piece piece(RecordedSpan.Placed first, long end, long endTime) {
    return new Piece(first.at(), end - first.at(), endTime - first.decodeTime(), first.wallClock());
  }
}
