package io.kydai.streaming.playback;

import io.kydai.ingest.media.MediaTime;
import io.kydai.streaming.mp4.JoinedFragments;
import io.kydai.streaming.mp4.RecordedFile;
import io.kydai.streaming.mp4.RecordedFragment;
import io.kydai.streaming.mp4.SoundPlaces;
import io.kydai.streaming.recording.index.Segment;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the headers of recorded files and places what lies in a span of them. For one thread and
 * one span.
 */
final class SpanReader {
  private static final Logger LOG = LoggerFactory.getLogger(SpanReader.class);
  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  private final SegmentFiles files;
  private final Instant from;
  private final Instant to;
  private final boolean within;
  private final boolean sound;
  private final List<Source> sources = new ArrayList<>();
  private final List<RecordedSpan.Part> placed = new ArrayList<>();
  private @Nullable RecordedFile first;
  private ByteBuffer parameterSets = NOTHING;
  private boolean inBand;

  /** The file whose sound comes first, and how that is decoded. */
  private @Nullable RecordedFile heard;

  private @Nullable ByteBuffer soundDescription;
  private int soundTimescale;
  private long nextFreeSound;
  private long nextFree;
  private long at;

  /**
   * @param within whether no picture from before the span may be shown
   * @param sound whether with what was recorded of the sound
   */
  SpanReader(SegmentFiles files, Instant from, Instant to, boolean within, boolean sound) {
    this.files = files;
    this.within = within;
    this.sound = sound;
    this.from = from;
    this.to = to;
  }

  private record Source(Path file, RecordedFragment fragment, ByteBuffer parameterSets) {}

  RecordedSpan read(List<Segment> segments) throws IOException {
    boolean more = true;
    for (int i = 0; i < segments.size() && more; i++) {
      Segment segment = segments.get(i);
      Path file = files.path(segment);
      if (file == null) {
        continue;
      }
      try (FileChannel channel = RecordedSpan.open(file)) {
        more = add(segment, file, RecordedFile.read(channel));
      } catch (NoSuchFileException e) {
        LOG.info("recording {} was deleted while it was asked for", file);
      }
    }
    RecordedFile beginning = first;
    if (beginning == null) {
      return new RecordedSpan(NOTHING, List.of(), from, from);
    }
    ByteBuffer initialisation = JoinedFragments.initialisation(beginning, inBand, heard);
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
  private boolean add(Segment segment, Path file, RecordedFile content) throws IOException {
    List<RecordedFragment> fragments = StreamChoice.shown(segment, content.fragments());
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
    boolean audible = sound && isAudible(content);
    for (int i = begin; i < fragments.size(); i++) {
      RecordedFragment fragment = audible ? fragments.get(i) : fragments.get(i).with(null);
      if (!fragment.wallClock().isBefore(to)) {
        return true;
      }
      if (sources.size() == RecordedSpan.MOST_FRAGMENTS) {
        return false;
      }
      sources.add(new Source(file, fragment, i == begin ? changed : NOTHING));
    }
    return true;
  }

  /** Returns whether the sound of a file is of the kind that came first. */
  private boolean isAudible(RecordedFile content) throws IOException {
    ByteBuffer description = content.soundDescription();
    if (description == null) {
      return false;
    }
    if (heard == null) {
      heard = content;
      soundDescription = description;
      soundTimescale = content.soundTimescale();
    }
    return description.equals(soundDescription);
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
    RecordedSpan.Part part =
        new RecordedSpan.Part(
            source.file(),
            fragment.with(place(fragment, decodeTime)),
            decodeTime,
            source.parameterSets(),
            at);
    placed.add(part);
    at = part.end();
    nextFree = decodeTime + fragment.samples().duration();
  }

  /** Places the sound of a fragment as far from its pictures as it was recorded. */
  private RecordedFragment.@Nullable Sound place(RecordedFragment fragment, long decodeTime) {
    RecordedFragment.Sound recorded = fragment.sound();
    if (recorded == null) {
      return null;
    }
    long moved =
        MediaTime.rescale(
            decodeTime - fragment.decodeTime(), MediaTime.TICKS_PER_SECOND, soundTimescale);
    long time = SoundPlaces.settle(recorded.decodeTime() + moved, nextFreeSound, soundTimescale);
    RecordedFragment.Sound kept = recorded.at(time, nextFreeSound);
    nextFreeSound = kept == null ? nextFreeSound : kept.endTime();
    return kept;
  }

  /**
   * Ends the last picture earlier, where the camera's clock runs ahead of the clock that the times
   * are of, so that the whole stays as long as the day.
   */
  private void shortenLast(long ticks) {
    if (placed.isEmpty()) {
      return;
    }
    RecordedSpan.Part last = placed.get(placed.size() - 1);
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
