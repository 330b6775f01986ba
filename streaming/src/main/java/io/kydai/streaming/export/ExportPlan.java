package io.kydai.streaming.export;

import io.kydai.streaming.mp4.RecordedFile;
import io.kydai.streaming.mp4.RecordedFragment;
import io.kydai.streaming.playback.RecordedSpan;
import io.kydai.streaming.playback.SegmentFiles;
import io.kydai.streaming.playback.StreamChoice;
import io.kydai.streaming.recording.index.Segment;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Divides what was recorded of a camera into the files of an export. A new one begins where the
 * codec changes, since no player goes from one to another within a track; behind a gap of more than
 * an hour; and before a file has more than {@value RecordedSpan#MOST_FRAGMENTS} fragments, three
 * hours with usual key frames, so that its index fits into memory.
 */
public final class ExportPlan {
  private static final Duration LONGEST_HOLE = Duration.ofHours(1);

  private ExportPlan() {}

  /**
   * Reads the headers of recorded files.
   *
   * @param places where each segment's file is
   * @param recorded files of one camera, in the order of their beginning; one that is not there is
   *     left out
   * @return the segments of each file of the export, in their order
   * @throws IOException when a file cannot be read, or its disk is not there
   */
  public static List<List<Segment>> of(SegmentFiles places, List<Segment> recorded)
      throws IOException {
    List<List<Segment>> files = new ArrayList<>();
    String codec = "";
    Instant end = Instant.MIN;
    int count = 0;
    for (Segment segment : recorded) {
      Path path = places.path(segment);
      if (path == null) {
        throw new IOException("the disk with recording " + segment.file() + " is not there");
      }
      RecordedFile file;
      try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
        file = RecordedFile.read(channel);
      } catch (NoSuchFileException e) {
        continue; // It is a gap of the export, which is told.
      }
      List<RecordedFragment> fragments = StreamChoice.shown(segment, file.fragments());
      if (fragments.isEmpty()) {
        continue;
      }
      boolean follows =
          file.codec().equals(codec)
              && count + fragments.size() <= RecordedSpan.MOST_FRAGMENTS
              && Duration.between(end, fragments.get(0).wallClock()).compareTo(LONGEST_HOLE) <= 0;
      if (!follows) {
        files.add(new ArrayList<>());
        count = 0;
      }
      files.get(files.size() - 1).add(segment);
      count += fragments.size();
      codec = file.codec();
      end = fragments.get(fragments.size() - 1).wallClockEnd();
    }
    return files;
  }
}
