package io.kydai.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.kydai.ingest.media.AccessUnit;
import io.kydai.ingest.media.CollectedUnits;
import io.kydai.ingest.simulator.CameraSimulator;
import io.kydai.ingest.simulator.SimulatedCamera;
import io.kydai.ingest.simulator.fault.Fault;
import io.kydai.ingest.simulator.media.Clip;
import io.kydai.ingest.simulator.media.QuirkClips;
import io.kydai.ingest.source.CameraId;
import io.kydai.ingest.source.CameraSource;
import io.kydai.ingest.source.Transport;
import io.kydai.ingest.status.CollectedStatuses;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Cameras that put pictures into packets in their own way are pulled as the others are. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class RtpQuirksTest {
  private static final CameraId GATE = new CameraId("gate");

  private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
  private final CollectedStatuses statuses = new CollectedStatuses();
  private final CollectedUnits units = new CollectedUnits();
  private final Ingest ingest = new Ingest(Clock.systemUTC(), metrics, statuses);

  private double foreign;
  private double lost;

  @AfterEach
  void close() {
    ingest.close();
  }

  /** The first access units of a camera that misbehaves from the start. */
  private List<AccessUnit> pull(Clip clip, String fault, int count) throws Exception {
    return pull(clip, fault, Transport.TCP, count);
  }

  private List<AccessUnit> pull(Clip clip, String fault, Transport transport, int count)
      throws Exception {
    try (CameraSimulator simulator =
        CameraSimulator.builder().camera(new SimulatedCamera("gate", clip, 50)).start()) {
      if (!fault.isEmpty()) {
        simulator.misbehave("gate", Fault.parse(fault));
      }
      ingest.subscribe(GATE, units);
      ingest.add(CameraSource.of(GATE, simulator.address("gate")).over(transport));
      List<AccessUnit> taken = units.take(count);
      foreign = metrics.get("kydai.ingest.foreign.packets").counter().count();
      lost = metrics.get("kydai.ingest.lost.packets").counter().count();
      ingest.remove(GATE);
      return taken;
    }
  }

  private static List<Integer> sizes(List<AccessUnit> units) {
    return units.stream().map(AccessUnit::size).toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"annex-b", "no-marker", "marker-on-packets"})
  void h264ComesAsFromOtherCameras(String fault) throws Exception {
    List<AccessUnit> taken = pull(QuirkClips.h264OfSlices(), fault, 24);
    assertThat(taken).noneMatch(AccessUnit::damaged);
    assertThat(sizes(taken)).isEqualTo(QuirkClips.sizes(24));
  }

  @Test
  void aMarkerOnEachSliceIsLearntAtTheFirstKeyFrame() throws Exception {
    List<AccessUnit> taken = pull(QuirkClips.h264OfSlices(), "marker-on-units", 25);
    assertThat(taken).noneMatch(AccessUnit::damaged);
    assertThat(taken.get(1).keyFrame()).isTrue();
    assertThat(taken.get(1).discontinuity()).isTrue();
    assertThat(sizes(taken.subList(1, 25))).isEqualTo(QuirkClips.sizes(24));
  }

  @ParameterizedTest
  @ValueSource(strings = {"annex-b", "no-marker", "marker-on-packets", "marker-on-units"})
  void h265ComesAsFromOtherCameras(String fault) throws Exception {
    List<AccessUnit> taken = pull(QuirkClips.h265(), fault, 24);
    assertThat(taken).noneMatch(AccessUnit::damaged);
    assertThat(taken.get(0).keyFrame()).isTrue();
  }

  /** Small pictures over UDP, of which the system's buffers hold many on a busy machine. */
  private static Clip clipFor(Transport transport) {
    return transport == Transport.UDP
        ? QuirkClips.h264WithRecoveryPoints()
        : QuirkClips.h264OfSlices();
  }

  private static List<Integer> keyFrames(List<AccessUnit> units) {
    return IntStream.range(0, units.size()).filter(i -> units.get(i).keyFrame()).boxed().toList();
  }

  /** The other source's packets come in threes, so that over UDP two follow one another, too. */
  @ParameterizedTest
  @EnumSource(names = {"TCP", "UDP"})
  void packetsOfAnotherSourceOnTheStreamsChannelOrPortCostNothing(Transport transport)
      throws Exception {
    List<AccessUnit> taken = pull(clipFor(transport), "other-source:every=3", transport, 60);
    assertThat(taken).noneMatch(AccessUnit::damaged);
    assertThat(keyFrames(taken)).containsExactly(0, 12, 24, 36, 48);
    assertThat(lost).isZero();
    assertThat(foreign).isGreaterThan(40);
  }

  @ParameterizedTest
  @EnumSource(names = {"TCP", "UDP"})
  void anEncoderThatRestartsWithAnotherSourceIsFollowedAndLosesNoPicture(Transport transport)
      throws Exception {
    List<AccessUnit> taken = pull(clipFor(transport), "new-source:after=30", transport, 60);
    assertThat(taken).noneMatch(AccessUnit::damaged);
    assertThat(keyFrames(taken)).containsExactly(0, 12, 24, 30, 42, 54);
    assertThat(taken.get(30).discontinuity()).isTrue();
    assertThat(foreign).isZero();
  }

  @Test
  void withoutKeyFramesRecoveryPointsBegin() throws Exception {
    List<AccessUnit> taken = pull(QuirkClips.h264WithRecoveryPoints(), "no-key", 20);
    assertThat(taken).noneMatch(AccessUnit::damaged);
    assertThat(taken.get(0).keyFrame()).isTrue();
    assertThat(taken.stream().filter(AccessUnit::keyFrame).count()).isGreaterThan(2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "jpeg-tables:count=1|1",
        "jpeg-tables:count=3|2",
        "jpeg-tables:count=4,bits=16|2",
        "jpeg-tables:count=2,every=4|2"
      })
  void jpegComesWithHoweverManyTables(String fault, int tables) throws Exception {
    List<AccessUnit> taken = pull(QuirkClips.jpeg(), fault, 10);
    assertThat(taken).noneMatch(AccessUnit::damaged);
    assertThat(taken).allSatisfy(unit -> assertThat(tablesOf(unit)).isEqualTo(tables));
  }

  private static int tablesOf(AccessUnit unit) {
    byte[] file = new byte[unit.size()];
    unit.data().get(file);
    int count = 0;
    for (int at = 2; file[at + 1] != (byte) 0xda; ) {
      count += file[at + 1] == (byte) 0xdb ? 1 : 0;
      at += 2 + ((file[at + 2] & 0xff) << 8 | file[at + 3] & 0xff);
    }
    return count;
  }
}
