package io.kydai.streaming.evidence;

import static java.util.Objects.requireNonNull;

import io.kydai.analytics.alert.Alert;
import io.kydai.ingest.concurrent.NamedThreadFactory;
import io.kydai.streaming.evidence.EvidenceTally.Outcome;
import io.kydai.streaming.mp4.Mp4File;
import io.kydai.streaming.signedvideo.SignedVideo;
import io.kydai.streaming.signedvideo.SignedVideoCheck;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes snapshots, clips and observations to the disk and tells the listener of them.
 *
 * <p>Clips are written on two threads of its own. At most {@value #MAX_CLIPS} clips are being cut
 * or written at a time; beyond that a clip is refused, logged and counted, and the alert keeps its
 * snapshot. At worst, with 64 MiB each and no picture shared, they hold 2 GiB. Safe for many
 * threads.
 */
public final class ClipWriter {
  static final int MAX_CLIPS = 32;

  private static final long BREAKING_OFF_MILLIS = 200;

  private static final Logger LOG = LoggerFactory.getLogger(ClipWriter.class);

  private final EvidenceFolder folder;
  private final Collection<X509Certificate> cameraRoots;
  private final EvidenceListener listener;
  private final Semaphore places = new Semaphore(MAX_CLIPS);
  private final ExecutorService threads;

  /**
   * Starts the writer.
   *
   * @param cameraRoots the root certificates by which signatures in cameras' video are trusted
   * @param listener told on the writer's threads; what it throws is logged
   */
  public ClipWriter(
      EvidenceFolder folder, Collection<X509Certificate> cameraRoots, EvidenceListener listener) {
    this.folder = requireNonNull(folder);
    this.cameraRoots = List.copyOf(cameraRoots);
    this.listener = requireNonNull(listener);
    threads = Executors.newFixedThreadPool(2, NamedThreadFactory.of("clip-writer"));
  }

  /**
   * Writes a snapshot before it returns; the listener is not told of it.
   *
   * @throws IllegalArgumentException when the alert's id cannot name a folder
   * @throws IOException when it cannot be written
   */
  public EvidenceItem snapshot(Alert alert, byte[] jpeg) throws IOException {
    return picture(alert, "snapshot.jpg", jpeg);
  }

  /**
   * Writes another picture before it returns; one of the same name is replaced, and the listener is
   * not told of it.
   *
   * @throws IllegalArgumentException when the alert's id or the name cannot be part of a path
   * @throws IOException when it cannot be written
   */
  public EvidenceItem picture(Alert alert, String name, byte[] jpeg) throws IOException {
    return folder.write(
        alert.id(),
        alert.span().start().wallClock(),
        name,
        "image/jpeg",
        out -> out.write(ByteBuffer.wrap(jpeg)));
  }

  /**
   * Takes one of the places for clips, which {@link #write} or {@link #release} gives back.
   *
   * @return whether one was free
   */
  boolean reserve() {
    return places.tryAcquire();
  }

  /** Gives back a place of which no clip came. */
  void release() {
    places.release();
  }

  /** Writes a clip that has ended, on a thread of the writer, and gives its place back. */
  void write(EvidenceClip clip, EvidenceTally tally) {
    threads.execute(
        () -> {
          try {
            writeNow(clip, tally);
          } finally {
            release();
          }
        });
  }

  private void writeNow(EvidenceClip clip, EvidenceTally tally) {
    Alert alert = clip.alert();
    if (clip.cutShort()) {
      LOG.warn("camera {}: the clip of alert {} is cut short", alert.origin().camera(), alert.id());
    }
    SignedVideo signed = SignedVideo.none();
    try {
      if (clip.units().isEmpty()) {
        LOG.warn(
            "camera {}: no picture for the clip of alert {}", alert.origin().camera(), alert.id());
        tally.clip(Outcome.EMPTY);
      } else {
        announce(
            alert,
            folder.write(
                alert.id(),
                alert.span().start().wallClock(),
                "clip.mp4",
                "video/mp4",
                out -> Mp4File.write(clip.units(), out)),
            tally);
        tally.clip(Outcome.WRITTEN);
        signed = signed(alert);
      }
      announce(
          alert,
          folder.write(
              alert.id(),
              alert.span().start().wallClock(),
              "observations.json",
              "application/json",
              ObservationsFile.of(clip, signed)),
          tally);
    } catch (IOException | RuntimeException e) {
      LOG.error("camera {}: evidence of alert {} failed", alert.origin().camera(), alert.id(), e);
      tally.clip(Outcome.FAILED);
    }
  }

  /** Checks what the camera signed, on the file as it is now on the disk. */
  private SignedVideo signed(Alert alert) throws IOException {
    Path file = folder.find(alert.id(), "clip.mp4").orElseThrow(() -> new IOException("clip gone"));
    SignedVideo signed;
    try {
      signed = SignedVideoCheck.run(file, cameraRoots, alert.span().start().wallClock());
    } catch (IOException e) {
      LOG.warn(
          "camera {}: the signature of the clip of alert {} cannot be checked",
          alert.origin().camera(),
          alert.id(),
          e);
      return SignedVideo.unchecked("the file could not be read: " + e.getMessage(), 0);
    }
    if (signed.state() == SignedVideo.State.INVALID) {
      LOG.error(
          "camera {}: the clip of alert {}: {}",
          alert.origin().camera(),
          alert.id(),
          signed.words());
    }
    return signed;
  }

  private void announce(Alert alert, EvidenceItem item, EvidenceTally tally) {
    tally.written(item.size());
    try {
      listener.onEvidence(alert.origin().camera(), alert.id(), item);
    } catch (RuntimeException e) {
      LOG.error(
          "camera {}: {} of alert {} not heard",
          alert.origin().camera(),
          item.name(),
          alert.id(),
          e);
    }
  }

  /**
   * Waits for the clips that are being written. One that takes longer is broken off and leaves no
   * file. This takes at most 200 ms more than the patience.
   */
  public void close(Duration patience) {
    threads.shutdown();
    try {
      if (!threads.awaitTermination(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        int waiting = threads.shutdownNow().size();
        LOG.error(
            "evidence: clips are broken off after {}, and {} more are not begun",
            patience,
            waiting);
        if (!threads.awaitTermination(BREAKING_OFF_MILLIS, TimeUnit.MILLISECONDS)) {
          LOG.error(
              "evidence: a clip does not let itself be broken off; the next start deletes it");
        }
      }
    } catch (InterruptedException e) {
      threads.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}
