package io.kydai.streaming.recording;

import io.kydai.ingest.media.AccessUnit;
import io.kydai.ingest.media.AudioFrame;
import io.kydai.ingest.media.CodecParameters;
import io.kydai.ingest.media.MediaTime;
import io.kydai.streaming.mp4.FragmentGroup;
import io.kydai.streaming.mp4.Fragments;
import io.kydai.streaming.mp4.SoundPlaces;
import io.kydai.streaming.mp4.SoundTrack;
import io.kydai.streaming.proof.Sha256;
import io.kydai.streaming.recording.disk.RecordingDisk;
import io.kydai.streaming.recording.disk.RecordingFiles.OpenFile;
import io.kydai.streaming.recording.disk.SegmentNames;
import io.kydai.streaming.recording.index.Gap;
import io.kydai.streaming.recording.index.GapCause;
import io.kydai.streaming.recording.index.RecordedRows;
import io.kydai.streaming.recording.index.RecordedStream;
import io.kydai.streaming.recording.index.Segment;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One file that is being recorded. It is created with its first fragment. Everything is called on
 * the disk's thread, but for {@link #failure}, which any thread may ask, and what a file on another
 * disk does to the one before it: it {@linkplain #leave leaves} it, after which no picture of it
 * counts that was not durable, or {@linkplain #handOver follows} it without a gap.
 *
 * <p>Each fragment is one write and one fdatasync. The index hears of the file when the file, its
 * first fragment and its names are durable, then every 10 s of video, and at its end, with the
 * SHA-256 of its bytes; nothing waits for it. After a failure the file keeps what was durable, and
 * nothing more is written.
 */
final class SegmentWriter {
  private static final Logger LOG = LoggerFactory.getLogger(SegmentWriter.class);

  private static final Duration TELL_EVERY = Duration.ofSeconds(10);

  private final RecordedStream stream;
  private final RecordingDisk disk;
  private final Path root;
  private final CodecParameters parameters;
  private final @Nullable SoundTrack soundTrack;
  private final long origin;
  private final Instant start;
  private final RecordedRows rows;
  private final Consumer<Gap> gaps;
  private @Nullable SegmentWriter before;
  private List<GapCause> causes;
  private @Nullable Instant durableEnd;
  private String file;
  private final MessageDigest digest = Sha256.digest();
  private boolean begun;
  private @Nullable OpenFile out;
  private @Nullable SoundPlaces sound;
  private long bytes;
  private long number;
  private Instant end;
  private Instant toldUntil;
  private boolean indexed;

  /** Set by the file after it, on another disk. Guarded by this, as are the two below. */
  private boolean left;

  private boolean finished;

  /** When the file on another disk begins that follows without a gap. */
  private @Nullable Instant successor;

  private volatile @Nullable IOException failure;

  /**
   * @param disk to which it is written
   * @param stream of which it is
   * @param first the first access unit, a key frame
   * @param soundTrack of the file; null where it has none
   * @param before the file before it; null where there is none
   * @param recordedUntil when the last recorded picture had ended, where there is no file before;
   *     null when nothing was recorded
   * @param causes why pictures before it are missing; empty where it follows without a gap
   * @param gaps is told of the gap before it, when it has its first pictures
   */
  SegmentWriter(
      RecordingDisk disk,
      RecordedStream stream,
      AccessUnit first,
      @Nullable SoundTrack soundTrack,
      @Nullable SegmentWriter before,
      @Nullable Instant recordedUntil,
      List<GapCause> causes,
      Consumer<Gap> gaps,
      RecordedRows rows) {
    this.disk = disk;
    root = disk.root();
    this.before = before;
    this.soundTrack = soundTrack;
    this.causes = causes;
    this.gaps = gaps;
    this.rows = rows;
    durableEnd = recordedUntil;
    this.stream = stream;
    parameters = first.parameters();
    origin = first.decodeTime();
    start = first.wallClock();
    file = SegmentNames.of(stream, start);
    end = start;
    toldUntil = start;
  }

  /** Why nothing more is written; null while all is well. */
  @Nullable IOException failure() {
    return failure;
  }

  /** The disk to which it is written. */
  RecordingDisk disk() {
    return disk;
  }

  /**
   * When the last picture that is durable had ended, in this file or one before it; null when there
   * is none.
   */
  private synchronized @Nullable Instant durableEnd() {
    SegmentWriter earlier = before;
    return earlier == null ? durableEnd : earlier.durableEnd();
  }

  /**
   * Ends what is recorded in this file with what is durable, whatever its disk does later. On any
   * thread.
   *
   * @return when that ends
   */
  private synchronized @Nullable Instant leave() {
    left = true;
    SegmentWriter earlier = before;
    return earlier == null ? durableEnd : earlier.leave();
  }

  /**
   * Is told of the file on another disk that follows without a gap. Should this one fail yet, it
   * tells the gap. On any thread.
   *
   * @return false where it has failed already
   */
  private synchronized boolean handOver(Instant next) {
    successor = next;
    return !finished || failure == null;
  }

  /** Settles what this file follows: on the same disk, that is written to its end by now. */
  private void follow() {
    if (begun) {
      return;
    }
    begun = true;
    SegmentWriter earlier = before;
    if (earlier == null) {
      return;
    }
    Instant until;
    if (earlier.disk == disk) {
      until = earlier.durableEnd();
      if (causes.isEmpty() && earlier.failure() != null) {
        causes = List.of(new GapCause(Gap.Reason.DISK_ERROR, null));
      }
    } else if (causes.isEmpty() && earlier.handOver(start)) {
      until = start;
    } else {
      until = earlier.leave();
      if (causes.isEmpty()) {
        causes = List.of(new GapCause(Gap.Reason.DISK_ERROR, null));
      }
    }
    synchronized (this) {
      durableEnd = until;
      before = null;
    }
  }

  private synchronized boolean isLeft() {
    return left;
  }

  /** Counts a group that is durable, and returns whether it does. */
  private synchronized boolean settle(Instant endOfGroup) {
    if (left) {
      return false;
    }
    durableEnd = endOfGroup;
    return true;
  }

  private void tellGaps(@Nullable Instant from, Instant to, List<GapCause> why) {
    if (from != null && !why.isEmpty()) {
      for (Gap gap : GapCause.gaps(stream, from, why, to)) {
        gaps.accept(gap);
        rows.put(gap);
      }
    }
  }

  /** Tells the index of a gap behind this file that has not ended yet. */
  void tellGapSoFar(Instant to, List<GapCause> why) {
    Instant from = durableEnd();
    if (from != null && to.isAfter(from)) {
      GapCause.gaps(stream, from, why, to).forEach(rows::put);
    }
  }

  private OpenFile create() throws IOException {
    try {
      return disk.files().create(root.resolve(file));
    } catch (FileAlreadyExistsException e) {
      file = SegmentNames.another(root, file); // The clock was set back.
      return disk.files().create(root.resolve(file));
    }
  }

  /**
   * Appends access units and makes them durable.
   *
   * @param heard the sound beside them, of the file's kind; other is left out
   * @param endTime the decode time, 1/90000 s, at which the last one ends
   * @param stalled whether the camera sent nothing for a time before them
   */
  void append(List<AccessUnit> units, List<AudioFrame> heard, long endTime, boolean stalled) {
    follow();
    if (failure != null || isLeft()) {
      return;
    }
    try {
      OpenFile open = out;
      if (open == null) {
        open = create();
        out = open;
        SoundTrack track = soundTrack;
        if (track != null) {
          sound = new SoundPlaces(track, origin);
        }
        ByteBuffer header = Fragments.initialisation(parameters, track);
        long size = header.remaining();
        digest.update(header.duplicate());
        open.append(header);
        bytes = size;
      }
      SoundPlaces places = sound;
      SoundPlaces.Group beside = places == null ? null : places.place(heard);
      ByteBuffer fragment = FragmentGroup.mux(++number, units, origin, endTime, beside);
      open.append(fragment.duplicate());
      open.sync();
      Instant endOfGroup =
          units.get(0).wallClock().plusNanos(MediaTime.nanos(endTime - units.get(0).decodeTime()));
      if (!indexed) {
        disk.files().syncNames(root.resolve(file));
      }
      Instant untilNow = durableEnd();
      if (!settle(endOfGroup)) {
        open.truncate(bytes); // The camera goes on on another disk, and there is a gap already.
        return;
      }
      bytes += fragment.remaining();
      digest.update(fragment);
      end = endOfGroup;
      if (!indexed) {
        indexed = true;
        tellGaps(untilNow, start, causes);
        tellIndex();
      } else if (stalled) {
        tellGaps(
            untilNow,
            units.get(0).wallClock(),
            List.of(new GapCause(Gap.Reason.CAMERA_LOST, null)));
        tellIndex();
      } else if (Duration.between(toldUntil, end).compareTo(TELL_EVERY) >= 0) {
        tellIndex();
      }
    } catch (IOException e) {
      failure = e;
      LOG.error("camera {}: recording stops at {}: {}", stream, file, e.toString());
    }
  }

  /** Ends the file, whatever has become of it. */
  void close() {
    OpenFile open = out;
    if (open != null) {
      out = null;
      try (open) {
        if (failure != null) {
          open.truncate(bytes); // A torn fragment would be left out by every reader anyway.
        }
      } catch (IOException e) {
        LOG.warn("camera {}: {} could not be closed: {}", stream, file, e.toString());
      }
      if (indexed) {
        rows.close(
            new Segment(stream.camera(), file, start, end, bytes, false, disk.id()),
            HexFormat.of().formatHex(digest.digest()));
      }
    }
    finish();
  }

  /** Tells the gap where pictures are missing that the file on another disk took for recorded. */
  private synchronized void finish() {
    finished = true;
    if (successor != null && failure != null && !left) {
      tellGaps(durableEnd(), successor, List.of(new GapCause(Gap.Reason.DISK_ERROR, null)));
    }
  }

  private void tellIndex() {
    toldUntil = end;
    rows.put(new Segment(stream.camera(), file, start, end, bytes, true, disk.id()));
  }
}
