package io.kydai.ingest.simulator;

import io.kydai.ingest.simulator.media.Clip;
import io.kydai.ingest.simulator.media.Packetization;
import io.kydai.ingest.simulator.media.PacketizedClip;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** Prepares cameras for playing. A clip that several cameras share is put into packets once. */
final class PlayedCameras {
  private static final double GOLDEN_RATIO = 0.618034;

  private final Map<Cut, PacketizedClip> cuts = new HashMap<>();
  private final Map<String, PlayedCamera> played = new HashMap<>();
  private final long start = System.nanoTime();
  private final Instant startTime = Instant.now();

  private record Cut(Clip clip, Packetization how) {}

  private PlayedCameras() {}

  /**
   * Returns the prepared cameras by their names.
   *
   * @throws IllegalArgumentException when a clip cannot be put into packets in its camera's way;
   *     the message names the camera
   */
  static Map<String, PlayedCamera> of(Collection<SimulatedCamera> cameras) {
    PlayedCameras made = new PlayedCameras();
    cameras.forEach(made::add);
    return Map.copyOf(made.played);
  }

  private void add(SimulatedCamera camera) {
    try {
      PacketizedClip clip = cut(camera.clip(), camera.packetization());
      Clip second = camera.other();
      PacketizedClip other = second == null ? null : cut(second, camera.packetization());
      // Cameras start spread over one frame interval, so that their pictures are not due at once.
      long earlier = (long) (played.size() * GOLDEN_RATIO % 1 * 1e9 / camera.fps());
      played.put(
          camera.name(),
          new PlayedCamera(camera, clip, other, start - earlier, startTime.minusNanos(earlier)));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("camera " + camera.name() + ": " + e.getMessage(), e);
    }
  }

  private PacketizedClip cut(Clip clip, Packetization how) {
    return cuts.computeIfAbsent(
        new Cut(clip, how), cut -> new PacketizedClip(cut.clip(), cut.how()));
  }
}
