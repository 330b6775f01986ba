package io.kydai.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.kydai.ingest.media.AccessUnit;
import io.kydai.ingest.media.CollectedUnits;
import io.kydai.ingest.media.NalUnitsOfFile;
import io.kydai.ingest.source.CameraId;
import io.kydai.ingest.source.CameraSource;
import io.kydai.ingest.status.CollectedStatuses;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Pulls from a second real RTSP server that is not ours. */
@Timeout(value = 90, unit = TimeUnit.SECONDS)
class VlcServerTest {
  private static final int PICTURES = 100;
  private static final CameraId GATE = new CameraId("gate");

  @TempDir private Path folder;

  @BeforeEach
  void check() {
    VlcServer.assumeInstalled();
    GStreamerServer.assumeInstalled(); // For FFmpeg, which makes the film.
  }

  @Test
  void vlcWhichSpeaksUdpOnlyIsPulledOverUdpWithoutBeingTold() throws Exception {
    Path film = folder.resolve("testsrc.mp4");
    GStreamerServer.encode(film, PICTURES);
    Path annexB = folder.resolve("testsrc.h264");
    GStreamerServer.run(
        "ffmpeg", "-v", "error", "-i", film.toString(), "-c", "copy", annexB.toString());
    List<String> slices = NalUnitsOfFile.slices(Files.readAllBytes(annexB));
    CollectedUnits units = new CollectedUnits();
    try (VlcServer server = VlcServer.start(film);
        Ingest ingest =
            new Ingest(Clock.systemUTC(), new SimpleMeterRegistry(), new CollectedStatuses())) {
      ingest.subscribe(GATE, units);
      ingest.add(CameraSource.of(GATE, server.url()));
      List<AccessUnit> taken = units.take(PICTURES / 2);
      assertThat(taken.get(0).parameters()).hasToString("H264 320x240");
      assertThat(taken.get(0).keyFrame()).isTrue();
      assertThat(slices)
          .containsAll(
              taken.stream().flatMap(unit -> NalUnitsOfFile.slices(unit).stream()).toList());
    }
  }
}
