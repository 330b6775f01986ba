package io.kydai.streaming.mp4;

import io.kydai.ingest.media.MediaTime;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is left of a recorded file when all but its key frames is left out: a file of the same kind,
 * in which each key frame is a fragment of its own, with its time of day and its coded bytes as
 * they were. Each lasts as long as the pictures after it did, up to the next key frame or a hole.
 * There is no sound in it.
 *
 * @param initialisation {@code ftyp} and {@code moov}; read-only
 * @param keyFrames each a fragment of one picture, whose places are those in the recorded file, in
 *     its order
 * @param leftOut how many pictures are not in it
 * @param hadSound whether sound was left out
 */
public record ThinnedFile(
    ByteBuffer initialisation, List<RecordedFragment> keyFrames, long leftOut, boolean hadSound) {
  /** Pictures that begin this much later than those before them have ended follow a hole. */
  private static final long HOLE = MediaTime.ticksOfMillis(100);

  public ThinnedFile {
    keyFrames = List.copyOf(keyFrames);
  }

  /**
   * Thins a file.
   *
   * @throws IOException when its initialisation is not as this program writes it
   */
  public static ThinnedFile of(RecordedFile file) throws IOException {
    Thinner thinner = new Thinner();
    file.fragments().forEach(thinner::add);
    thinner.endKeyFrame(Long.MAX_VALUE);
    return new ThinnedFile(
        JoinedFragments.initialisation(file, false, null),
        thinner.keyFrames,
        thinner.leftOut,
        file.soundDescription() != null);
  }

  /** Whether there was nothing to leave out: each picture is a key frame, and there is no sound. */
  public boolean isWhole() {
    return leftOut == 0 && !hadSound;
  }

  /**
   * Muxes what stands before a key frame: {@code prft}, {@code moof} and the header of {@code
   * mdat}.
   *
   * @param number counts the file's fragments from 1
   * @return read-only, owned by the caller
   */
  public static ByteBuffer header(long number, RecordedFragment keyFrame) {
    ByteBuffer boxes = JoinedFragments.header(number, keyFrame, keyFrame.decodeTime(), 0);
    BoxWriter out = new BoxWriter(FragmentGroup.REFERENCE_TIME + boxes.remaining());
    FragmentGroup.referenceTime(
        out, keyFrame.takenByCamera(), keyFrame.wallClock(), keyFrame.mediaTime());
    out.put(boxes);
    return out.finish();
  }

  /** Goes through the pictures in their order. */
  private static final class Thinner {
    private final List<RecordedFragment> keyFrames = new ArrayList<>();
    private @Nullable RecordedFragment newest;
    private long end;
    private boolean isBehindHole;
    private long leftOut;

    void add(RecordedFragment fragment) {
      RecordedFragment.Samples samples = fragment.samples();
      long time = fragment.decodeTime();
      long place = fragment.mediaOffset();
      for (int i = 0; i < samples.count(); i++) {
        isBehindHole |= time - end > HOLE;
        if (samples.keyFrames()[i]) {
          endKeyFrame(time);
          newest = alone(fragment, i, time, place);
          isBehindHole = false;
        } else {
          leftOut++;
        }
        time += samples.durations()[i];
        place += samples.sizes()[i];
        end = isBehindHole ? end : time;
      }
    }

    /** Lets the newest key frame last as long as what followed it. */
    void endKeyFrame(long atMost) {
      RecordedFragment last = newest;
      if (last != null) {
        long duration = Math.max(1, Math.min(end, atMost) - last.decodeTime());
        keyFrames.add(last.lasting(new long[] {duration}));
        newest = null;
      }
    }

    private static RecordedFragment alone(RecordedFragment fragment, int i, long time, long place) {
      RecordedFragment.Samples samples = fragment.samples();
      long mediaTime = time + samples.compositionOffsets()[i];
      return new RecordedFragment(
          fragment.offset(),
          place,
          place + samples.sizes()[i],
          time,
          mediaTime,
          fragment.wallClock().plusNanos(MediaTime.nanos(mediaTime - fragment.mediaTime())),
          fragment.takenByCamera(),
          new RecordedFragment.Samples(
              new long[] {samples.durations()[i]},
              new int[] {samples.sizes()[i]},
              new boolean[] {true},
              new long[] {samples.compositionOffsets()[i]}),
          null);
    }
  }
}
