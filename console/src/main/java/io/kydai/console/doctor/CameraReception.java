package io.kydai.console.doctor;

import io.kydai.console.config.camera.CameraConfig;
import io.kydai.ingest.Ingest;
import io.kydai.ingest.source.CameraId;
import io.kydai.ingest.status.CameraState;
import io.kydai.ingest.status.CameraStatus;
import io.kydai.ingest.status.ClockOffset;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Receives every camera for a few seconds, as the node does, and compares the clock that its RTCP
 * sender reports (RFC 3550, section 6.4.1) tell with this machine's. A camera then has one client
 * more.
 */
final class CameraReception {
  /** The number of cameras that are received at a time; the others come after them. */
  private static final int AT_ONCE = 100;

  private static final double WARNING_SECONDS = 1;
  private static final long LOOK_MILLIS = 100;

  private final Clock clock;
  private final Duration patience;
  private final int enough;

  /**
   * @param patience the time for each {@value #AT_ONCE} cameras
   */
  CameraReception(Clock clock, Duration patience) {
    this(clock, patience, Integer.MAX_VALUE);
  }

  /**
   * @param enough the number of cameras whose clock must be known before the patience may end
   */
  CameraReception(Clock clock, Duration patience, int enough) {
    this.clock = clock;
    this.patience = patience;
    this.enough = enough;
  }

  /** Returns a finding for each camera with a fault, and one about all. */
  List<Finding> of(List<CameraConfig> cameras) {
    List<CameraConfig> addressed =
        cameras.stream().filter(camera -> camera.source().isPresent()).toList();
    List<Finding> findings = new ArrayList<>();
    int received = 0;
    int timed = 0;
    for (int from = 0; from < addressed.size(); from += AT_ONCE) {
      List<CameraConfig> some = addressed.subList(from, Math.min(addressed.size(), from + AT_ONCE));
      SimpleMeterRegistry metrics = new SimpleMeterRegistry();
      try (Ingest ingest = new Ingest(clock, metrics, status -> {})) {
        some.forEach(camera -> ingest.add(camera.source().orElseThrow()));
        await(ingest, metrics, some);
        for (CameraConfig camera : some) {
          CameraId id = camera.id();
          Optional<CameraStatus> status = ingest.status(id);
          Optional<Double> offset = ClockOffset.seconds(metrics, id);
          if (!isLive(ingest, id)) {
            findings.add(
                unreceived(
                    id, status.flatMap(CameraStatus::lastError).orElse("no picture came in time")));
          } else {
            received++;
            timed += offset.isPresent() ? 1 : 0;
            offset
                .filter(seconds -> Math.abs(seconds) > WARNING_SECONDS)
                .ifPresent(seconds -> findings.add(wrongClock(id, seconds)));
          }
        }
      }
    }
    if (!addressed.isEmpty()) {
      findings.add(all(addressed.size(), received, timed));
    }
    return findings;
  }

  private static boolean isLive(Ingest ingest, CameraId camera) {
    return ingest.status(camera).filter(one -> one.state() == CameraState.LIVE).isPresent();
  }

  /** Waits until every camera is received and has told its time, but no longer than it may. */
  private void await(Ingest ingest, SimpleMeterRegistry metrics, List<CameraConfig> cameras) {
    long end = System.nanoTime() + patience.toNanos();
    CountDownLatch never = new CountDownLatch(1);
    try {
      while (System.nanoTime() < end) {
        long known =
            cameras.stream()
                .map(CameraConfig::id)
                .filter(id -> isLive(ingest, id) && ClockOffset.seconds(metrics, id).isPresent())
                .count();
        if (known >= Math.min(enough, cameras.size())
            || never.await(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
          return;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Finding unreceived(CameraId camera, String why) {
    return Finding.warning(
        "camera " + camera,
        "cannot be received: " + why,
        "check its power, network, address and password; --camera-seconds gives it more time");
  }

  private static Finding wrongClock(CameraId camera, double seconds) {
    return Finding.warning(
        "camera " + camera,
        String.format(Locale.ROOT, "its clock is %.1f s off", seconds),
        "give the camera the NTP server that this machine has");
  }

  private static Finding all(int cameras, int received, int timed) {
    String found =
        "%d of %d cameras are received, and %d tell their time".formatted(received, cameras, timed);
    return received == cameras
        ? Finding.ok("reception", found)
        : Finding.warning("reception", found, "see each camera's line");
  }
}
