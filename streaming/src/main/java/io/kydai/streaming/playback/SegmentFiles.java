package io.kydai.streaming.playback;

import io.kydai.streaming.recording.index.Segment;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Where the files of recordings are. */
@FunctionalInterface
public interface SegmentFiles {
  /** Returns where a segment's file is, which need not be there; null while its disk is not. */
  @Nullable Path path(Segment segment);

  /** Returns the files of one folder, whatever disk it is. */
  static SegmentFiles in(Path folder) {
    return segment -> folder.resolve(segment.file());
  }
}
