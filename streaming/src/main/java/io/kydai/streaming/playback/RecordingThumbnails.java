package io.kydai.streaming.playback;

import static java.util.Objects.requireNonNull;

import io.kydai.analytics.decode.DecodeException;
import io.kydai.analytics.observation.Frame;
import io.kydai.ingest.source.CameraId;
import io.kydai.streaming.annotation.Snapshots;
import io.kydai.streaming.annotation.Thumbnails;
import io.kydai.streaming.privacy.Privacy;
import io.kydai.streaming.recording.index.Segment;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Small pictures of recorded moments, each of the key frame at or before its moment, with what is
 * private hidden before they are made small: on a small one no detector finds a person. They are
 * made on the caller's thread, so that whoever has these threads bounds how many are made at a
 * time. Safe for many threads.
 *
 * <table>
 * <caption>Bounds</caption>
 * <tr><td>bytes of a picture</td><td>{@value Thumbnails#MOST_BYTES}</td><td>it loses quality and
 *     size</td></tr>
 * <tr><td>pictures that are kept</td><td>{@value #MOST_PICTURES}</td><td>the one that was asked for
 *     longest ago goes</td></tr>
 * <tr><td>files of which the places of the key frames are kept</td><td>{@value #MOST_FILES}, of
 *     some hundred key frames each</td><td>as above</td></tr>
 * </table>
 */
public final class RecordingThumbnails {
  private static final int MOST_PICTURES = 512;
  private static final int MOST_FILES = 64;

  /** The greatest width in pixels of a picture that something is hidden on, as of live streams. */
  private static final int MASKED_WIDTH = 1280;

  private final SegmentFiles files;
  private final Hiding hiding;
  private final Map<Place, byte[]> pictures = newest(MOST_PICTURES);
  private final Map<Segment, List<RecordedKeyFrame>> read = newest(MOST_FILES);

  /** Where a key frame begins, and what is hidden on it: who sees less gets another picture. */
  private record Place(Path file, long offset, Privacy hidden) {}

  /** Hides what is private on a picture. */
  @FunctionalInterface
  public interface Hiding {
    /**
     * @param jpeg a whole picture
     * @param hidden something
     * @return JPEG
     */
    byte[] hide(byte[] jpeg, Privacy hidden);
  }

  /**
   * A picture.
   *
   * @param takenAt when it was taken
   * @param jpeg not to be changed
   * @param hidden what is hidden on it
   */
  public record Picture(Instant takenAt, byte[] jpeg, Privacy hidden) {}

  public RecordingThumbnails(SegmentFiles files, Hiding hiding) {
    this.files = requireNonNull(files);
    this.hiding = requireNonNull(hiding);
  }

  private static <K, V> Map<K, V> newest(int most) {
    return new LinkedHashMap<>(16, 0.75f, true) {
      private static final long serialVersionUID = 1;

      @Override
      protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
        return size() > most;
      }
    };
  }

  /**
   * Returns the picture of a moment.
   *
   * @param segments of one camera that the moment lies in, in the order of their beginning
   * @param earliest no picture of before is shown
   * @param hidden what is hidden on a picture that was taken at a moment, which may be long before
   *     the one that is asked for
   * @return empty where nothing was recorded, or nothing that can be decoded
   * @throws IOException when a file cannot be read
   */
  public Optional<Picture> at(
      List<Segment> segments, Instant at, Instant earliest, Function<Instant, Privacy> hidden)
      throws IOException {
    for (int i = segments.size() - 1; i >= 0; i--) {
      RecordedKeyFrame found = find(segments.get(i), at);
      if (found != null) {
        return found.takenAt().isBefore(earliest)
            ? Optional.empty()
            : picture(segments.get(i).camera(), found, hidden.apply(found.takenAt()));
      }
    }
    return Optional.empty();
  }

  private @Nullable RecordedKeyFrame find(Segment segment, Instant at) throws IOException {
    RecordedKeyFrame last = null;
    for (RecordedKeyFrame one : keyFrames(segment)) {
      if (!one.takenAt().isAfter(at)) {
        last = one;
      }
    }
    return last;
  }

  /** A file that grows is another segment in the index, since its end is. */
  private List<RecordedKeyFrame> keyFrames(Segment segment) throws IOException {
    synchronized (read) {
      List<RecordedKeyFrame> known = read.get(segment);
      if (known != null) {
        return known;
      }
    }
    Path file = files.path(segment);
    if (file == null) {
      return List.of();
    }
    try {
      List<RecordedKeyFrame> found = RecordedKeyFrame.of(file);
      synchronized (read) {
        read.put(segment, found);
      }
      return found;
    } catch (NoSuchFileException e) {
      return List.of(); // Retention was faster.
    }
  }

  private Optional<Picture> picture(CameraId camera, RecordedKeyFrame keyFrame, Privacy hidden)
      throws IOException {
    Place place = new Place(keyFrame.file(), keyFrame.offset(), hidden);
    byte @Nullable [] jpeg;
    synchronized (pictures) {
      jpeg = pictures.get(place);
    }
    if (jpeg == null) {
      try {
        jpeg = keyFrame.decode(camera, frame -> small(frame, hidden));
      } catch (NoSuchFileException | DecodeException e) {
        return Optional.empty();
      }
      if (jpeg == null) {
        return Optional.empty();
      }
      synchronized (pictures) {
        pictures.put(place, jpeg);
      }
    }
    return Optional.of(new Picture(keyFrame.takenAt(), jpeg, hidden));
  }

  private byte[] small(Frame frame, Privacy hidden) {
    return hidden.isEmpty()
        ? Thumbnails.of(frame)
        : Thumbnails.of(hiding.hide(Snapshots.scaled(frame, MASKED_WIDTH), hidden));
  }
}
