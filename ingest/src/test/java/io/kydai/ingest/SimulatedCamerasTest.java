package io.kydai.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.kydai.ingest.media.AccessUnit;
import io.kydai.ingest.media.AudioCodec;
import io.kydai.ingest.media.AudioFrame;
import io.kydai.ingest.media.CollectedUnits;
import io.kydai.ingest.media.MetadataDocument;
import io.kydai.ingest.simulator.CameraSimulator;
import io.kydai.ingest.simulator.HandMadeClip;
import io.kydai.ingest.simulator.SimulatedCamera;
import io.kydai.ingest.simulator.SimulatedCamera.Login;
import io.kydai.ingest.simulator.SimulatedCamera.Scheme;
import io.kydai.ingest.simulator.fault.Fault;
import io.kydai.ingest.simulator.fault.FaultRate;
import io.kydai.ingest.simulator.media.AudioClip;
import io.kydai.ingest.simulator.media.Clip;
import io.kydai.ingest.source.CameraId;
import io.kydai.ingest.source.CameraSource;
import io.kydai.ingest.source.Transport;
import io.kydai.ingest.status.CameraState;
import io.kydai.ingest.status.CameraStatus;
import io.kydai.ingest.status.CollectedStatuses;
import io.kydai.ingest.tls.CertificateCheck;
import io.kydai.ingest.tls.TlsTrust;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Both ends of the wire: what the simulator can do, ingest must take. */
@Execution(ExecutionMode.CONCURRENT)
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class SimulatedCamerasTest {
  private static final CameraId GATE = new CameraId("gate");
  private static final Clip CLIP = Clip.of(HandMadeClip.ofGroup(4_000, 24, 600));

  private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
  private final CollectedStatuses statuses = new CollectedStatuses();
  private final CollectedUnits units = new CollectedUnits();
  private final Ingest ingest = new Ingest(Clock.systemUTC(), metrics, statuses);

  @AfterEach
  void close() {
    ingest.close();
  }

  private static CameraSimulator simulator(SimulatedCamera camera) {
    return CameraSimulator.builder().camera(camera).start();
  }

  private void pull(CameraSimulator simulator, Transport transport) {
    ingest.subscribe(GATE, units);
    ingest.add(CameraSource.of(GATE, simulator.address("gate")).over(transport));
  }

  /** Each camera has a host of its own, as in a city; here a port of its own. */
  @Test
  void camerasOfDifferentHostsAreSpreadOverAllEventLoops() throws Exception {
    int loops = Math.min(4, Runtime.getRuntime().availableProcessors());
    Set<String> threads = ConcurrentHashMap.newKeySet();
    CountDownLatch seen = new CountDownLatch(loops);
    CameraSimulator.Builder builder = CameraSimulator.builder();
    for (int i = 0; i < loops; i++) {
      builder.camera(new SimulatedCamera("gate-" + i, CLIP, 25).withOwnPort());
    }
    try (CameraSimulator simulator = builder.start()) {
      for (int i = 0; i < loops; i++) {
        CameraId camera = new CameraId("gate-" + i);
        AtomicBoolean first = new AtomicBoolean(true);
        ingest.subscribe(
            camera,
            unit -> {
              threads.add(Thread.currentThread().getName());
              if (first.getAndSet(false)) {
                seen.countDown();
              }
            });
        ingest.add(CameraSource.of(camera, simulator.address("gate-" + i)));
      }
      assertThat(seen.await(60, TimeUnit.SECONDS)).isTrue();
    }
    assertThat(threads).hasSize(loops);
  }

  private double count(String name) {
    return metrics.get(name).counter().count();
  }

  @ParameterizedTest
  @EnumSource(
      value = Transport.class,
      names = {"TCP", "UDP", "HTTP"})
  void soundAndMetadataComeBesideThePictures(Transport transport) throws Exception {
    BlockingQueue<AudioFrame> sound = new LinkedBlockingQueue<>();
    BlockingQueue<MetadataDocument> metadata = new LinkedBlockingQueue<>();
    SimulatedCamera camera =
        new SimulatedCamera("gate", CLIP, 25).withSound(AudioClip.tone()).withMetadata();
    try (CameraSimulator simulator = simulator(camera)) {
      ingest.subscribeAudio(GATE, sound::add);
      ingest.subscribeMetadata(GATE, metadata::add);
      pull(simulator, transport);
      assertThat(units.take(30)).noneMatch(AccessUnit::damaged);
      AudioFrame first = sound.poll(30, TimeUnit.SECONDS);
      assertThat(first).isNotNull();
      assertThat(first.parameters().codec()).isEqualTo(AudioCodec.PCMU);
      assertThat(first.discontinuity()).isTrue();
      AudioFrame second = sound.poll(30, TimeUnit.SECONDS);
      assertThat(second).isNotNull();
      assertThat(second.discontinuity()).isFalse();
      assertThat(second.mediaTime()).isGreaterThan(first.mediaTime());
      MetadataDocument document = metadata.poll(30, TimeUnit.SECONDS);
      assertThat(document).isNotNull();
      String xml = StandardCharsets.UTF_8.decode(document.xml()).toString();
      assertThat(xml).contains("MetadataStream").endsWith(">");
    }
  }

  /** What is lost is said of each picture up to the next whole key frame, which is asked for. */
  @Test
  void lostDatagramsAreCountedPicturesMarkedAndAKeyFrameIsAskedFor() throws Exception {
    Clip longGroups = Clip.of(HandMadeClip.ofGroup(4_000, 400, 600));
    SimulatedCamera camera = new SimulatedCamera("gate", longGroups, 50);
    try (CameraSimulator simulator = simulator(camera)) {
      pull(simulator, Transport.UDP);
      assertThat(units.take(10)).noneMatch(AccessUnit::damaged);
      simulator.misbehave("gate", Fault.drop(FaultRate.every(20)));
      AccessUnit damaged = units.take(1).get(0);
      while (!damaged.damaged()) {
        damaged = units.take(1).get(0);
      }
      simulator.behave("gate");
      AccessUnit next = units.take(1).get(0);
      while (next.damaged()) {
        next = units.take(1).get(0);
      }
      assertThat(next.keyFrame()).as("decoding goes on at a key frame").isTrue();
      assertThat(next.discontinuity()).isTrue();
      assertThat(next.sequence()).as("long before the group's end").isLessThan(390);
      assertThat(units.take(50)).noneMatch(AccessUnit::damaged);
      assertThat(count("kydai.ingest.lost.packets")).isPositive();
      assertThat(count("kydai.ingest.damaged.access.units")).isPositive();
      assertThat(
              simulator.counts("gate").pictureLosses() + simulator.counts("gate").intraRequests())
          .isPositive();
      assertThat(statuses.await(GATE, CameraState.LIVE).reconnects()).isZero();
    }
  }

  @Test
  void datagramsOutOfOrderAndTwiceMakeNoDifference() throws Exception {
    try (CameraSimulator simulator = simulator(new SimulatedCamera("gate", CLIP, 50))) {
      pull(simulator, Transport.UDP);
      units.take(5);
      simulator.misbehave(
          "gate", Fault.reorder(FaultRate.every(7)).and(Fault.duplicate(FaultRate.every(5))));
      List<AccessUnit> taken = units.take(150);
      assertThat(taken).noneMatch(AccessUnit::damaged).noneMatch(AccessUnit::discontinuity);
      assertThat(count("kydai.ingest.reordered.packets")).isPositive();
      assertThat(count("kydai.ingest.duplicate.packets")).isPositive();
      assertThat(count("kydai.ingest.lost.packets")).isZero();
    }
  }

  @Test
  void receiverReportsReachTheCamera() throws Exception {
    try (CameraSimulator simulator = simulator(new SimulatedCamera("gate", CLIP, 25))) {
      pull(simulator, Transport.TCP);
      while (simulator.counts("gate").receiverReports() == 0) {
        units.take(5);
      }
      assertThat(simulator.counts("gate").lost()).isZero();
    }
  }

  /** A nonce that is stale in mid-session costs neither a picture nor the connection. */
  @ParameterizedTest(name = "{0} over {1}")
  @CsvSource({
    "BASIC, TCP",
    "DIGEST_MD5, TCP",
    "DIGEST_SHA_256, TCP",
    "DIGEST_SHA_256, UDP",
    "ANY, TCP"
  })
  void everyLogInIsAnsweredAlsoWhenItIsAskedForAgain(Scheme scheme, Transport transport)
      throws Exception {
    Login login = new Login("operator", "s3cret:word", scheme, Duration.ofMillis(300));
    SimulatedCamera camera = new SimulatedCamera("gate", CLIP, 25).withLogin(login);
    try (CameraSimulator simulator = simulator(camera)) {
      ingest.subscribe(GATE, units);
      String url = simulator.address("gate").replace("//", "//operator:s3cret:word@");
      ingest.add(CameraSource.of(GATE, url).over(transport));
      List<AccessUnit> taken = units.take(60);
      assertThat(taken.get(59).sequence()).isEqualTo(59);
      assertThat(taken.subList(1, 60)).noneMatch(AccessUnit::discontinuity);
      ingest.remove(GATE);
    }
  }

  @Test
  void anotherClipInMidStreamNeedsNoOtherConnection() throws Exception {
    Clip other = Clip.of(HandMadeClip.ofGroup(3_000, 24, 500));
    SimulatedCamera camera = new SimulatedCamera("gate", CLIP, 50).withOther(other);
    try (CameraSimulator simulator = simulator(camera)) {
      pull(simulator, Transport.TCP);
      units.take(10);
      simulator.misbehave("gate", Fault.change(1));
      List<AccessUnit> taken = units.take(100);
      assertThat(taken).noneMatch(AccessUnit::damaged);
      assertThat(ingest.status(GATE).map(CameraStatus::reconnects)).isEqualTo(Optional.of(0L));
    }
  }

  private static CameraSimulator secured(String... suites) {
    SimulatedCamera camera = new SimulatedCamera("gate", CLIP, 25);
    return CameraSimulator.builder().camera(camera).tls(0).tlsSuites(suites).start();
  }

  private static CameraSource pinned(CameraSimulator simulator) throws Exception {
    String fingerprint = CertificateCheck.fingerprint(simulator.certificate());
    return CameraSource.of(GATE, simulator.securedAddress("gate"))
        .trusting(new TlsTrust.Fingerprint(fingerprint));
  }

  /** Each suite that Java enables and that goes with the camera's key is offered. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "TLS_AES_128_GCM_SHA256",
        "TLS_CHACHA20_POLY1305_SHA256",
        "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
        "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
        "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA384",
        "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256",
        "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA",
      })
  void aCameraWithOneTlsSuiteIsTrustedByItsFingerprintAlone(String suite) throws Exception {
    try (CameraSimulator simulator = secured(suite)) {
      ingest.subscribe(GATE, units);
      ingest.add(pinned(simulator));
      assertThat(units.take(5)).noneMatch(AccessUnit::damaged);
    }
  }

  /** The suite wants a key of another kind than the camera has. */
  @Test
  void aCameraThatTakesNoSuiteIsToldWithWhatItWasOffered() throws Exception {
    try (CameraSimulator simulator = secured("TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384")) {
      ingest.add(pinned(simulator));
      assertThat(statuses.await(GATE, CameraState.BACKING_OFF).lastError().orElseThrow())
          .contains("handshake_failure; it was offered TLSv1.2 and TLSv1.3 with ")
          .contains("ECDHE_ECDSA/ECDHE_RSA with AES_128_CBC_SHA, ", "AES_256_GCM_SHA384");
    }
  }
}
