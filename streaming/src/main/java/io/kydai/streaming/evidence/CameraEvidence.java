package io.kydai.streaming.evidence;

import static java.util.Objects.requireNonNull;

import io.kydai.analytics.alert.Alert;
import io.kydai.analytics.observation.Observation;
import io.kydai.ingest.concurrent.SerialExecutor;
import io.kydai.ingest.media.AccessUnit;
import io.kydai.ingest.media.MediaTime;
import io.kydai.streaming.evidence.EvidenceTally.Outcome;
import io.kydai.streaming.signedvideo.StreamCertificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One camera's newest past and the clips that are being cut of it. {@link #cut} may be called on
 * any thread, everything else on the camera's executor.
 *
 * <p>A clip goes from the key frame at or before the alert's start less the pre-roll, to the
 * post-roll after it opened, both by media time. The past is kept for the pre-roll and 30 s more,
 * for rules that wait before they open an alert. A camera that falls silent ends its clips 10 s
 * after the post-roll is over on the wall clock.
 */
public final class CameraEvidence {
  static final Duration BEFORE_OPENING = Duration.ofSeconds(30);
  static final Duration SILENCE = Duration.ofSeconds(10);

  private static final Logger LOG = LoggerFactory.getLogger(CameraEvidence.class);

  private final SerialExecutor executor;
  private final ClipWriter writer;
  private final ClipTimer timer;
  private final EvidenceTally tally;
  private final Duration postRoll;
  private final long preRollTicks;
  private final PreRollBuffer preRoll;
  private final StreamCertificate certificate = new StreamCertificate();
  private final Map<EvidenceClip, Runnable> clips = new HashMap<>();
  private boolean ended;

  /**
   * Begins to keep a camera's past.
   *
   * @param executor of the camera
   * @param writer shared by all cameras, closed by the caller
   */
  public CameraEvidence(
      SerialExecutor executor,
      EvidenceSettings settings,
      ClipWriter writer,
      ClipTimer timer,
      EvidenceTally tally) {
    this.executor = requireNonNull(executor);
    this.writer = requireNonNull(writer);
    this.timer = requireNonNull(timer);
    this.tally = requireNonNull(tally);
    postRoll = settings.postRoll();
    preRollTicks = MediaTime.ticks(settings.preRoll());
    preRoll =
        new PreRollBuffer(preRollTicks + MediaTime.ticks(BEFORE_OPENING), PreRollBuffer.MAX_BYTES);
  }

  /** Takes the next access unit in decoding order; a damaged one is left out, which makes a gap. */
  public void add(AccessUnit unit) {
    if (unit.damaged()) {
      return;
    }
    certificate.see(unit);
    preRoll.add(unit);
    List.copyOf(clips.keySet()).forEach(clip -> clip.add(unit));
    finishComplete();
  }

  /** Takes the next observation. */
  public void add(Observation observation) {
    preRoll.add(observation);
    List.copyOf(clips.keySet()).forEach(clip -> clip.add(observation));
    finishComplete();
  }

  /**
   * Begins to cut a clip for an alert. Where {@value ClipWriter#MAX_CLIPS} are being cut already,
   * this is refused, logged and counted.
   *
   * @param opened media time at which it opened, 1/90000 s
   */
  public void cut(Alert alert, long opened) {
    if (writer.reserve()) {
      executor.execute(() -> start(alert, opened));
    } else {
      LOG.warn(
          "camera {}: no clip for alert {}, {} are being cut already",
          alert.origin().camera(),
          alert.id(),
          ClipWriter.MAX_CLIPS);
      tally.clip(Outcome.REFUSED);
    }
  }

  private void start(Alert alert, long opened) {
    if (clips.keySet().stream().anyMatch(clip -> clip.alert().id().equals(alert.id()))) {
      LOG.warn("camera {}: alert {} has a clip already", alert.origin().camera(), alert.id());
      writer.release();
      return;
    }
    long from = alert.span().start().mediaTime().ticks() - preRollTicks;
    List<AccessUnit> pictures = certificate.before(preRoll.picturesFrom(from));
    long firstPicture = pictures.isEmpty() ? from : pictures.get(0).mediaTime();
    if (firstPicture > Math.max(from, 0)) {
      LOG.info(
          "camera {}: the clip of alert {} begins {} ms late, the past does not reach further",
          alert.origin().camera(),
          alert.id(),
          MediaTime.millis(firstPicture - Math.max(from, 0)));
    }
    EvidenceClip clip =
        new EvidenceClip(
            alert,
            opened + MediaTime.ticks(postRoll),
            pictures,
            preRoll.observationsFrom(Math.min(from, firstPicture)));
    if (ended || clip.finished()) {
      writer.write(clip, tally);
      return;
    }
    clips.put(
        clip, timer.after(postRoll.plus(SILENCE), () -> executor.execute(() -> finish(clip))));
  }

  private void finishComplete() {
    List.copyOf(clips.keySet()).stream().filter(EvidenceClip::finished).forEach(this::finish);
  }

  private void finish(EvidenceClip clip) {
    Runnable guard = clips.remove(clip);
    if (guard != null) {
      guard.run();
      writer.write(clip, tally);
    }
  }

  /** Ends every clip with what it has, since the camera was removed. */
  public void end() {
    ended = true;
    new ArrayList<>(clips.keySet()).forEach(this::finish);
  }
}
