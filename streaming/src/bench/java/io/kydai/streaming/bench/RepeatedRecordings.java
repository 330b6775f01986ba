package io.kydai.streaming.bench;

import io.kydai.ingest.media.AccessUnit;
import io.kydai.ingest.media.AccessUnitSource;
import io.kydai.ingest.media.AccessUnitSubscriber;
import io.kydai.ingest.media.MediaTime;
import io.kydai.ingest.source.CameraId;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Cameras that send recordings over and over, at the rate at which they were taken. It has no
 * thread: {@link #send} hands over what is due, on the caller's. A camera's recordings go on in
 * media time when they begin again.
 */
final class RepeatedRecordings implements AccessUnitSource {
  private final List<List<AccessUnit>> recordings;
  private final int cameras;
  private final Map<CameraId, AccessUnitSubscriber> subscribers = new ConcurrentHashMap<>();
  private final long[] sent;

  /**
   * @param recordings each of two access units or more that begin with a key frame; camera n sends
   *     the n-th, and there may be more cameras than recordings
   */
  RepeatedRecordings(List<List<AccessUnit>> recordings, int cameras) {
    this.recordings = recordings;
    this.cameras = cameras;
    this.sent = new long[cameras];
  }

  static CameraId camera(int number) {
    return new CameraId("bench-" + number);
  }

  /** How long a recording lasts, 1/90000 s: its last picture as long as the others on average. */
  static long duration(List<AccessUnit> recording) {
    long first = recording.stream().mapToLong(AccessUnit::mediaTime).min().orElseThrow();
    long last = recording.stream().mapToLong(AccessUnit::mediaTime).max().orElseThrow();
    return (last - first) * recording.size() / (recording.size() - 1);
  }

  /**
   * Sends what each camera has to send up to a time.
   *
   * @param nanos since all cameras began
   */
  void send(long nanos) {
    long now = nanos * (MediaTime.TICKS_PER_SECOND / 1000) / 1_000_000;
    for (int n = 0; n < cameras; n++) {
      List<AccessUnit> recording = recordings.get(n % recordings.size());
      long duration = duration(recording);
      while (sent[n] * duration <= now * recording.size()) {
        AccessUnit unit = recording.get((int) (sent[n] % recording.size()));
        long round = sent[n] / recording.size();
        AccessUnitSubscriber subscriber = subscribers.get(camera(n));
        if (subscriber != null) {
          subscriber.onAccessUnit(repeated(unit, camera(n), sent[n], round * duration));
        }
        sent[n]++;
      }
    }
  }

  private static AccessUnit repeated(AccessUnit unit, CameraId camera, long number, long later) {
    return new AccessUnit(
        camera,
        unit.parameters(),
        number,
        unit.mediaTime() + later,
        unit.decodeTime() + later,
        unit.wallClock().plusMillis(later / 90),
        unit.wallClockSource(),
        unit.keyFrame(),
        unit.discontinuity() && later == 0,
        unit.damaged(),
        unit.data());
  }

  @Override
  public Subscription subscribe(CameraId camera, AccessUnitSubscriber subscriber) {
    subscribers.put(camera, subscriber);
    return () -> subscribers.remove(camera, subscriber);
  }
}
