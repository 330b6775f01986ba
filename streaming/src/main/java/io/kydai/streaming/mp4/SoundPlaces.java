package io.kydai.streaming.mp4;

import io.kydai.ingest.media.AudioFrame;
import io.kydai.ingest.media.MediaTime;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Gives the frames of a file's sound their places. A frame follows the one before it, unless its
 * media time is more than {@value #TOLERANCE_MILLIS} ms away from there: behind a gap the frame
 * before it lasts longer, and a frame that would be heard at the same time as one before it is left
 * out. So the sound does not crackle where times are rounded, and stays with the pictures where the
 * camera's two clocks differ. For one thread.
 */
public final class SoundPlaces {
  static final int TOLERANCE_MILLIS = 50;

  /**
   * The sound of one fragment.
   *
   * @param decodeTime of the first frame, in ticks of its track from the file's beginning
   * @param durations of each frame, in the same ticks; not to be changed afterwards
   * @param frames at least one, as many as there are durations; the bytes are not copied
   */
  public record Group(long decodeTime, int[] durations, List<ByteBuffer> frames) {
    /** The bytes of all frames. */
    long size() {
      return frames.stream().mapToLong(ByteBuffer::remaining).sum();
    }
  }

  private final SoundTrack track;
  private final long origin;
  private long free;
  private boolean begun;

  /**
   * @param origin the media time, 1/90000 s, that is 0 in the file
   */
  public SoundPlaces(SoundTrack track, long origin) {
    this.track = track;
    this.origin = origin;
  }

  /** Returns the place of what is wanted at a time, where what is before it ends at another. */
  public static long settle(long wanted, long free, int timescale) {
    long tolerance = (long) timescale * TOLERANCE_MILLIS / 1000;
    return Math.abs(wanted - free) <= tolerance ? free : wanted;
  }

  /**
   * Places the frames of a fragment. Frames of another track, empty ones, and those from before the
   * file's beginning are left out.
   *
   * @param frames in their order
   * @return null where none is left
   */
  public @Nullable Group place(List<AudioFrame> frames) {
    List<ByteBuffer> data = new ArrayList<>(frames.size());
    int[] durations = new int[frames.size()];
    long first = 0;
    for (AudioFrame frame : frames) {
      ByteBuffer bytes = frame.data();
      if (!bytes.hasRemaining() || !frame.parameters().equals(track.parameters())) {
        continue;
      }
      long wanted =
          MediaTime.rescale(
              frame.mediaTime() - origin, MediaTime.TICKS_PER_SECOND, track.timescale());
      long at = begun ? settle(wanted, free, track.timescale()) : wanted;
      if (at < free) {
        continue;
      }
      if (data.isEmpty()) {
        first = at;
      } else {
        durations[data.size() - 1] += (int) Math.min(at - free, Integer.MAX_VALUE / 2);
      }
      durations[data.size()] = track.duration(frame);
      data.add(bytes);
      free = at + track.duration(frame);
      begun = true;
    }
    return data.isEmpty() ? null : new Group(first, Arrays.copyOf(durations, data.size()), data);
  }
}
