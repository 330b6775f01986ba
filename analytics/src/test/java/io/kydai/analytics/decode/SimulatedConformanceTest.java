package io.kydai.analytics.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kydai.ingest.Ingest;
import io.kydai.ingest.media.AccessUnit;
import io.kydai.ingest.media.Codec;
import io.kydai.ingest.media.MediaTime;
import io.kydai.ingest.simulator.CameraSimulator;
import io.kydai.ingest.simulator.SimulatedCamera;
import io.kydai.ingest.simulator.media.Clip;
import io.kydai.ingest.simulator.media.Packetization;
import io.kydai.ingest.source.CameraId;
import io.kydai.ingest.source.CameraSource;
import io.kydai.ingest.source.Transport;
import io.kydai.ingest.tls.TlsTrust;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * From our simulator through a real ingest to pixels: every picture of every stream, in every
 * packetization mode, is what decoding the file gives, and in its time. All cameras play at once.
 */
@Timeout(120)
class SimulatedConformanceTest {
  /** Their key pictures are one NAL unit of 199 and 137 kB, which no packet holds. */
  private static final Set<String> TOO_LARGE_FOR_SINGLE_NAL_UNITS =
      Set.of(
          "Adobe_PDF_sample_a_1024x768_50Frms.264",
          "Cisco_Adobe_PDF_sample_a_1024x768_CAVLC_Bframe_9.264");

  /**
   * Its second key picture is sent before seven pictures that are shown before it. Ingest takes it
   * that all that follows a key picture of H.264 is shown after it, and shows those late: the
   * pictures are right and in order as decoded, their times are not.
   */
  private static final String TIMES_UNKNOWN =
      "Cisco_Adobe_PDF_sample_a_1024x768_CAVLC_Bframe_9.264";

  /** Ample: nothing should take longer than 20 s. */
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  @TempDir Path folder;

  private record Camera(SimulatedCamera simulated, String what, Round round) {}

  @Test
  void everyH264StreamArrivesExactlyInEveryPacketizationModeThatItFits() throws Exception {
    Map<Camera, ConformanceStream> cameras = new LinkedHashMap<>();
    for (ConformanceStream stream : ConformanceStream.all()) {
      Clip clip = Clip.load(stream.file());
      for (var mode : h264Modes().entrySet()) {
        boolean single = mode.getValue().equals(Packetization.SINGLE_NAL_UNITS);
        if (!single || !TOO_LARGE_FOR_SINGLE_NAL_UNITS.contains(stream.name())) {
          // A round of the longest takes 7 s, of any other 5 s at most.
          double rate = stream.frames() > 300 ? 240 : 60;
          SimulatedCamera camera =
              new SimulatedCamera("camera-" + cameras.size(), clip, rate)
                  .withPacketization(mode.getValue());
          Round round = new Round(stream.file(), Codec.H264, stream.frames());
          cameras.put(new Camera(camera, stream.name() + " as " + mode.getKey(), round), stream);
        }
      }
    }
    play(cameras.keySet());
    SoftAssertions all = new SoftAssertions();
    for (Camera camera : cameras.keySet()) {
      Pictures pictures = Pictures.decode(camera.round().whole().getNow(List.of()));
      ConformanceStream stream = cameras.get(camera);
      all.assertThat(pictures.toString()).as(camera.what()).isEqualTo(stream.expected());
      if (!stream.name().equals(TIMES_UNKNOWN)) {
        all.assertThat(pictures.times()).as(camera.what()).isEqualTo(inStep(camera, pictures));
      }
    }
    all.assertAll();
    assertThat(cameras).hasSize(3 * 37 - TOO_LARGE_FOR_SINGLE_NAL_UNITS.size());
    assertThat(OpenNatives.decoders()).isZero();
  }

  @Test
  void aStreamWithANalUnitThatNoPacketHoldsIsRefusedInSingleNalUnits() throws Exception {
    int refused = 0;
    for (ConformanceStream stream : ConformanceStream.all()) {
      if (TOO_LARGE_FOR_SINGLE_NAL_UNITS.contains(stream.name())) {
        SimulatedCamera camera =
            new SimulatedCamera("gate", Clip.load(stream.file()), 25)
                .withPacketization(Packetization.SINGLE_NAL_UNITS);
        CameraSimulator.Builder simulator = CameraSimulator.builder().camera(camera);
        assertThatThrownBy(simulator::start)
            .as(stream.name())
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageStartingWith("camera gate: packetization mode 0 cannot send a NAL unit of");
        refused++;
      }
    }
    assertThat(refused).isEqualTo(TOO_LARGE_FOR_SINGLE_NAL_UNITS.size());
  }

  @Test
  void h265WithBPicturesArrivesExactlyInFragmentsAndInAggregates() throws Exception {
    h265ArrivesExactly(
        25,
        Map.of(
            "fragments", Packetization.FRAGMENTS,
            "aggregates", Packetization.AGGREGATES,
            "PACI", Packetization.AGGREGATES.withPaci()));
  }

  /**
   * The simulator's decoding order numbers begin anew with each round, and ingest connects anew
   * where they do. With its first picture as its only key picture, a connection is a round.
   */
  @Test
  void h265WithBPicturesArrivesExactlyWithDecodingOrderNumbers() throws Exception {
    h265ArrivesExactly(
        75,
        Map.of(
            "fragments", Packetization.FRAGMENTS.withDecodingOrderNumbers(),
            "aggregates", Packetization.AGGREGATES.withDecodingOrderNumbers()));
  }

  private void h265ArrivesExactly(int keyEvery, Map<String, Packetization> modes) throws Exception {
    Path file = folder.resolve("testsrc.h265");
    FfmpegProgram.run(
        "-f lavfi -i testsrc2=size=640x360:rate=25 -frames:v 75 -c:v libx265 -preset ultrafast"
            + " -pix_fmt yuv420p -x265-params bframes=3:b-pyramid=1:slices=3:aud=1:scenecut=0"
            + ":open-gop=0:repeat-headers=1:pools=1:log-level=error:keyint="
            + keyEvery
            + " -f hevc "
            + file);
    List<String> expected = FfmpegProgram.sums(file, "yuv420p");
    Clip clip = Clip.load(file);
    List<Camera> cameras = new ArrayList<>();
    modes.forEach(
        (name, mode) -> {
          SimulatedCamera camera =
              new SimulatedCamera("camera-" + cameras.size(), clip, 60).withPacketization(mode);
          cameras.add(new Camera(camera, name, new Round(file, Codec.H265, 75)));
        });
    play(cameras);
    for (Camera camera : cameras) {
      List<AccessUnit> units = camera.round().whole().getNow(List.of());
      assertThat(units).anyMatch(unit -> unit.decodeTime() < unit.mediaTime());
      assertThat(units).filteredOn(AccessUnit::keyFrame).hasSize(75 / keyEvery);
      assertThat(units).noneMatch(AccessUnit::damaged);
      Pictures pictures = Pictures.decode(units);
      assertThat(pictures.sums()).as(camera.what()).isEqualTo(expected);
      assertThat(pictures.times()).as(camera.what()).isEqualTo(inStep(camera, pictures));
    }
    assertThat(expected).hasSize(75);
  }

  private static Map<String, Packetization> h264Modes() {
    return Map.of(
        "fragments", Packetization.FRAGMENTS,
        "aggregates", Packetization.AGGREGATES,
        "single NAL units", Packetization.SINGLE_NAL_UNITS);
  }

  /** The times that pictures have where none is early, late or out of order. */
  private static List<Long> inStep(Camera camera, Pictures pictures) {
    long step = (long) (MediaTime.TICKS_PER_SECOND / camera.simulated().fps());
    List<Long> times = new ArrayList<>();
    for (int i = 0; i < pictures.times().size(); i++) {
      times.add(pictures.times().get(0) + i * step);
    }
    return times;
  }

  /** Plays all cameras at once over TCP, until each one's round is whole. */
  private static void play(Iterable<Camera> cameras) throws Exception {
    CameraSimulator.Builder builder = CameraSimulator.builder();
    cameras.forEach(camera -> builder.camera(camera.simulated()));
    try (CameraSimulator simulator = builder.start();
        Ingest ingest = new Ingest(Clock.systemUTC(), new SimpleMeterRegistry(), status -> {})) {
      for (Camera camera : cameras) {
        CameraId id = new CameraId(camera.simulated().name());
        ingest.subscribe(id, camera.round());
        camera.round().whole().thenRun(() -> ingest.remove(id));
        URI address = URI.create(simulator.address(camera.simulated().name()));
        ingest.add(new CameraSource(id, address, null, Transport.TCP, TlsTrust.PLATFORM));
      }
      for (Camera camera : cameras) {
        assertThat(camera.round().whole()).as(camera.what()).succeedsWithin(PATIENCE);
      }
    }
  }
}
