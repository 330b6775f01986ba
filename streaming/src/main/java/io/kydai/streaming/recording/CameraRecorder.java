package io.kydai.streaming.recording;

import io.kydai.ingest.media.AccessUnit;
import io.kydai.ingest.media.AudioFrame;
import io.kydai.ingest.media.CodecParameters;
import io.kydai.ingest.media.MediaTime;
import io.kydai.ingest.source.CameraId;
import io.kydai.streaming.mp4.SoundTrack;
import io.kydai.streaming.recording.disk.RecordingDisk;
import io.kydai.streaming.recording.disk.RecordingDisks;
import io.kydai.streaming.recording.index.Gap;
import io.kydai.streaming.recording.index.GapCause;
import io.kydai.streaming.recording.index.RecordedRows;
import io.kydai.streaming.recording.index.RecordedStream;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records one stream of a camera. Everything is called on the camera's executor.
 *
 * <p>Pictures are grouped by {@value #GROUP_MILLIS} ms of media time and handed to the disk's
 * thread, so that what a crash can cost is the newest group, the one on its way to the disk, and
 * nothing else. A file ends at the first key frame after its length, where the codec parameters
 * change and at every break of the coded sequence; each file plays alone. Whatever is not recorded
 * between two files is one {@link Gap} with its reason. Where a camera sends nothing for more than
 * two seconds and for more than four times as long as between the pictures before, by its media
 * time, that is a gap too, within the file.
 *
 * <p>Damaged pictures, and those that refer to them, are not recorded. A group holds at most
 * {@value #MOST_GROUP_BYTES} bytes, but always one picture.
 */
final class CameraRecorder {
  static final int GROUP_MILLIS = 600;
  static final int MOST_GROUP_BYTES = 8 << 20;

  /** A cause beyond it takes the place of the one before it, in a gap of weeks. */
  private static final int MOST_CAUSES = 64;

  private static final long GROUP = MediaTime.ticksOfMillis(GROUP_MILLIS);
  private static final long SHORTEST_AT_KEY_FRAME = MediaTime.ticksOfMillis(300);

  /** A camera whose sound comes, goes and changes has no files that are shorter. */
  private static final long SHORTEST_OF_A_SOUND = MediaTime.ticksOfSeconds(10);

  private static final long LONGEST_STEP = MediaTime.ticksOfSeconds(2);
  private static final int STEPS_OF_A_STALL = 4;
  private static final Duration SILENCE = Duration.ofSeconds(15);
  private static final long TYPICAL = MediaTime.ticksOfMillis(40);
  private static final Duration RETRY = Duration.ofSeconds(5);
  private static final Logger LOG = LoggerFactory.getLogger(CameraRecorder.class);

  private final RecordedStream stream;
  private final CameraId camera;
  private final long segmentTicks;
  private final RecordedRows rows;
  private final RecordingDisks disks;
  private final RecordingMetrics.Stream metrics;
  private final LongSupplier nanos;

  private final HeardSound sound;
  private @Nullable SoundTrack soundTrack;
  private final List<AccessUnit> group = new ArrayList<>();
  private long groupBytes;
  private long groupSince;
  private @Nullable SegmentWriter segment;
  private @Nullable CodecParameters parameters;
  private long segmentStart;
  private long expectedSequence = -1;
  private long step = TYPICAL;

  /** The time between the two newest pictures, 1/90000 s. */
  private long spacing = TYPICAL;

  private boolean stalledBefore;
  private boolean waitingForKeyFrame = true;
  private final @Nullable Instant recordedUntil;

  /** The newest file, also after its end; for the camera's next recorder. */
  private volatile @Nullable SegmentWriter newest;

  private long lastDecodeTime;
  private long lastUnitAt;

  /** Why nothing is recorded while a key frame is waited for. */
  private final List<GapCause> causes = new ArrayList<>();

  private long notBefore = Long.MIN_VALUE;

  /**
   * @param before the newest file of the camera's recorder before; null where there was none
   * @param recordedUntil when the camera's last recorded picture had ended, where there was no
   *     recorder before; null when it has none
   * @param nanos a clock that is never set, in nanoseconds
   */
  CameraRecorder(
      RecordedStream stream,
      Duration segmentLength,
      @Nullable SegmentWriter before,
      @Nullable Instant recordedUntil,
      RecordedRows rows,
      RecordingDisks disks,
      RecordingMetrics.Stream metrics,
      LongSupplier nanos) {
    this.stream = stream;
    camera = stream.camera();
    this.recordedUntil = recordedUntil;
    newest = before;
    causes.add(new GapCause(before == null ? Gap.Reason.NODE_DOWN : Gap.Reason.OFF, null));
    this.rows = rows;
    this.disks = disks;
    this.metrics = metrics;
    this.nanos = nanos;
    sound = new HeardSound(camera);
    segmentTicks = MediaTime.ticks(segmentLength);
  }

  /** The newest file, also after its end; null when there was none. For any thread. */
  @Nullable SegmentWriter newest() {
    return newest;
  }

  /** Takes the next access unit, in decoding order. */
  void add(AccessUnit unit) {
    boolean hole = expectedSequence >= 0 && unit.sequence() != expectedSequence;
    expectedSequence = unit.sequence() + 1;
    lastUnitAt = nanos.getAsLong();
    if (hole || unit.discontinuity() || unit.damaged()) {
      interrupt(cause(unit));
    }
    SegmentWriter current = segment;
    IOException failure = current == null ? null : current.failure();
    if (current != null && failure != null) {
      fail(current.disk(), failure);
    } else if (current != null && current.disk().isStuck() && disks.hasOther(current.disk())) {
      LOG.warn("camera {}: the disk {} hangs; another one goes on", stream, current.disk().root());
      interrupt(Gap.Reason.SLOW_DISK);
    }
    boolean stalled = segment != null && isStall(unit.decodeTime() - lastDecodeTime);
    if (stalled) {
      endBeforeStall(unit);
    }
    if (unit.damaged() || waitingForKeyFrame && !startsHere(unit)) {
      return;
    }
    current = segment;
    if (current != null && unit.keyFrame() && mustTurn(current, unit)) {
      endSegment(unit.decodeTime());
    }
    if (segment != null) {
      spacing = unit.decodeTime() - lastDecodeTime;
      step = stalled ? step : Math.min(LONGEST_STEP, spacing);
    }
    lastDecodeTime = unit.decodeTime();
    if (segment == null) {
      begin(unit);
      if (segment == null) {
        return; // The disk has become full.
      }
    } else if (groupIsFull(unit)) {
      flush(unit.decodeTime());
      if (waitingForKeyFrame) {
        return; // The disk refused the group, to which this picture may refer.
      }
    }
    if (group.isEmpty()) {
      groupSince = nanos.getAsLong();
    }
    group.add(unit);
    groupBytes += unit.size();
  }

  /** Takes sound, which is recorded beside the pictures while these are. */
  void add(AudioFrame frame) {
    sound.add(frame, segment != null);
  }

  /** Records no sound from now on; the file that is being written ends at its next key frame. */
  void withoutSound() {
    sound.end();
  }

  private void endBeforeStall(AccessUnit next) {
    if (next.keyFrame()) {
      interrupt(Gap.Reason.CAMERA_LOST);
    } else {
      flush(lastDecodeTime + step);
      stalledBefore = true;
    }
  }

  private boolean isStall(long since) {
    return since > LONGEST_STEP && since > STEPS_OF_A_STALL * spacing;
  }

  private static Gap.Reason cause(AccessUnit unit) {
    if (unit.discontinuity()) {
      return Gap.Reason.CAMERA_LOST;
    }
    return unit.damaged() ? Gap.Reason.DAMAGED : Gap.Reason.OVERLOAD;
  }

  private boolean startsHere(AccessUnit unit) {
    if (!unit.keyFrame() || nanos.getAsLong() - notBefore < 0 && notBefore != Long.MIN_VALUE) {
      return false;
    }
    if (disks.choose(stream).space().full()) {
      GapCause last = causes.remove(causes.size() - 1);
      causes.add(new GapCause(Gap.Reason.DISK_FULL, last.since()));
      return false;
    }
    return true;
  }

  private boolean mustTurn(SegmentWriter current, AccessUnit unit) {
    long lasted = unit.decodeTime() - segmentStart;
    return lasted >= segmentTicks
        || lasted >= SHORTEST_OF_A_SOUND && !Objects.equals(soundTrack, sound.track())
        || !Objects.equals(parameters, unit.parameters())
        || current.disk().space().full();
  }

  private boolean groupIsFull(AccessUnit next) {
    if (group.isEmpty()) {
      return false;
    }
    long span = next.decodeTime() - group.get(0).decodeTime();
    return span >= GROUP
        || next.keyFrame() && span >= SHORTEST_AT_KEY_FRAME
        || groupBytes + next.size() > MOST_GROUP_BYTES;
  }

  private void begin(AccessUnit unit) {
    RecordingDisk disk = disks.choose(stream);
    if (disk.space().full()) {
      interrupt(Gap.Reason.DISK_FULL);
      return;
    }
    SegmentWriter next =
        new SegmentWriter(
            disk,
            stream,
            unit,
            sound.track(),
            newest,
            recordedUntil,
            waitingForKeyFrame ? List.copyOf(causes) : List.of(),
            this::onGap,
            rows);
    waitingForKeyFrame = false;
    stalledBefore = false;
    segmentStart = unit.decodeTime();
    soundTrack = sound.track();
    parameters = unit.parameters();
    segment = next;
    newest = next;
  }

  /** Called on the disk's thread. */
  private void onGap(Gap gap) {
    metrics.gap(gap.reason());
    if (!gap.reason().isPlanned()) {
      LOG.warn(
          "camera {}: not recorded from {} to {}: {}", stream, gap.from(), gap.to(), gap.reason());
    }
  }

  /** Hands the group over, whose last picture ends at a decode time. */
  private void flush(long endTime) {
    SegmentWriter current = segment;
    List<AccessUnit> units = List.copyOf(group);
    List<AudioFrame> heard = units.isEmpty() ? List.of() : sound.before(endTime);
    long bytes = groupBytes + heard.stream().mapToLong(frame -> frame.data().remaining()).sum();
    boolean stalled = stalledBefore;
    group.clear();
    groupBytes = 0;
    if (units.isEmpty() || current == null) {
      return;
    }
    stalledBefore = false;
    if (current
        .disk()
        .writer()
        .offer(bytes, () -> current.append(units, heard, endTime, stalled))) {
      metrics.recorded(bytes);
    } else {
      LOG.warn("camera {}: the disk is too slow, recording drops to the next key frame", stream);
      metrics.refused(bytes);
      current.disk().slow();
      interrupt(Gap.Reason.SLOW_DISK);
    }
  }

  /** Ends the file, and nothing is recorded up to a key frame. */
  private void interrupt(Gap.Reason why) {
    if (!waitingForKeyFrame) {
      causes.clear();
      causes.add(new GapCause(why, null));
      waitingForKeyFrame = true;
    }
    endSegment(group.isEmpty() ? 0 : group.get(group.size() - 1).decodeTime() + step);
    sound.clear();
  }

  private void endSegment(long endTime) {
    flush(endTime);
    SegmentWriter current = segment;
    if (current != null) {
      segment = null;
      current.disk().writer().execute(current::close);
    }
  }

  private void fail(RecordingDisk disk, IOException failure) {
    group.clear();
    groupBytes = 0;
    metrics.failed();
    disk.fail(failure);
    if (disks.hasOther(disk)) {
      LOG.error("camera {}: not recorded: {}; another disk goes on", stream, failure);
    } else {
      notBefore = nanos.getAsLong() + RETRY.toNanos();
      LOG.error("camera {}: not recorded: {}; tries again after {}", stream, failure, RETRY);
    }
    interrupt(Gap.Reason.DISK_ERROR);
  }

  /**
   * Hands over a group that has waited too long for a next picture, and ends the file of a camera
   * that has been silent for 15 s. To be called several times a second.
   */
  void tick() {
    long now = nanos.getAsLong();
    if (!group.isEmpty() && now - groupSince >= Duration.ofMillis(GROUP_MILLIS).toNanos()) {
      flush(group.get(group.size() - 1).decodeTime() + step);
    }
    if (segment != null && now - lastUnitAt >= SILENCE.toNanos()) {
      interrupt(Gap.Reason.CAMERA_LOST);
    }
  }

  /**
   * Ends the file, since what follows is not recorded for a planned reason, or because the camera
   * is away at a time of which it should be recorded.
   *
   * @param since when that began, where nothing was recorded before it for another reason
   */
  void suspend(Gap.Reason why, Instant since) {
    if (!waitingForKeyFrame) {
      interrupt(why);
    } else if (causes.get(causes.size() - 1).reason() != why) {
      if (causes.size() == MOST_CAUSES) {
        causes.remove(MOST_CAUSES - 1);
      }
      causes.add(new GapCause(why, since));
    }
  }

  /** Takes pictures that do not follow the one before them, from their key frame on. */
  void resume() {
    expectedSequence = -1;
  }

  /** Tells the index of the gap that lasts now. */
  void tellGapSoFar(Instant now) {
    if (!waitingForKeyFrame) {
      return;
    }
    List<GapCause> why = List.copyOf(causes);
    SegmentWriter last = newest;
    if (last != null) {
      last.disk().writer().execute(() -> last.tellGapSoFar(now, why));
    } else if (recordedUntil != null && now.isAfter(recordedUntil)) {
      GapCause.gaps(stream, recordedUntil, why, now).forEach(rows::put);
    }
  }

  /** Ends the file with what there is. */
  void end() {
    interrupt(Gap.Reason.NODE_DOWN);
  }
}
