package io.kydai.ingest.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.kydai.ingest.GStreamerServer;
import io.kydai.ingest.Ingest;
import io.kydai.ingest.ScriptedCamera;
import io.kydai.ingest.media.CollectedUnits;
import io.kydai.ingest.media.NalUnitsOfFile;
import io.kydai.ingest.status.CameraState;
import io.kydai.ingest.status.CollectedStatuses;
import io.kydai.ingest.tls.OwnCertificate;
import io.kydai.ingest.tls.TlsTrust;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Pulls a real server that is not ours over UDP, TLS and HTTP. */
@Execution(ExecutionMode.CONCURRENT)
@Timeout(value = 90, unit = TimeUnit.SECONDS)
class TransportTest {
  private static final int PICTURES = 50;
  private static final CameraId GATE = new CameraId("gate");

  @TempDir private Path folder;
  private Path file;
  private List<String> slices;

  private final CollectedStatuses statuses = new CollectedStatuses();
  private final CollectedUnits units = new CollectedUnits();
  private final Ingest ingest = new Ingest(Clock.systemUTC(), new SimpleMeterRegistry(), statuses);

  @BeforeEach
  void encode() throws Exception {
    GStreamerServer.assumeInstalled();
    file = folder.resolve("testsrc.mp4");
    GStreamerServer.encode(file, PICTURES);
    Path annexB = folder.resolve("testsrc.h264");
    GStreamerServer.run(
        "ffmpeg", "-v", "error", "-i", file.toString(), "-c", "copy", annexB.toString());
    slices = NalUnitsOfFile.slices(Files.readAllBytes(annexB));
    ingest.subscribe(GATE, units);
  }

  @AfterEach
  void close() {
    ingest.close();
  }

  private CameraSource source(GStreamerServer server, String scheme) {
    return CameraSource.of(GATE, server.url().replace("rtsp://", scheme + "://"));
  }

  /** The whole file must come, each picture once. */
  private void everyPictureComes(CameraSource source) throws Exception {
    ingest.add(source);
    assertThat(units.take(PICTURES).stream().flatMap(one -> NalUnitsOfFile.slices(one).stream()))
        .containsExactlyElementsOf(slices);
  }

  private String refusal(CameraSource source) throws InterruptedException {
    ingest.add(source);
    return statuses.await(GATE, CameraState.BACKING_OFF).lastError().orElseThrow();
  }

  @Test
  void everyPictureComesOverUdp() throws Exception {
    try (GStreamerServer server = GStreamerServer.start(file, 0, "--only", "udp")) {
      everyPictureComes(source(server, "rtsp").over(Transport.UDP));
    }
  }

  @Test
  void aServerWithoutTcpIsAskedForUdpAndOneWithoutUdpForTcp() throws Exception {
    try (GStreamerServer server = GStreamerServer.start(file, 0, "--only", "udp")) {
      everyPictureComes(source(server, "rtsp"));
    }
    ingest.remove(GATE);
    try (GStreamerServer server = GStreamerServer.start(file, 0, "--only", "tcp")) {
      everyPictureComes(source(server, "rtsp").over(Transport.UDP));
    }
  }

  @Test
  void whoeverWantsTcpAloneIsToldThatTheServerDoesNotOfferIt() throws Exception {
    try (GStreamerServer server = GStreamerServer.start(file, 0, "--only", "udp")) {
      assertThat(refusal(source(server, "rtsp").over(Transport.TCP)))
          .contains("does not offer RTP in the way that was asked for (461");
    }
  }

  @Test
  void soundIsSetUpBesideThePicturesWithoutGettingInTheirWay() throws Exception {
    try (GStreamerServer server = GStreamerServer.start(file, 0, "--sound")) {
      everyPictureComes(source(server, "rtsp"));
    }
    ingest.remove(GATE);
    try (GStreamerServer server = GStreamerServer.start(file, 0, "--sound", "--only", "udp")) {
      everyPictureComes(source(server, "rtsp").over(Transport.UDP));
    }
  }

  @Test
  void everyPictureComesThroughHttp() throws Exception {
    try (GStreamerServer server = GStreamerServer.start(file, 0, "operator", "s3cret", "digest")) {
      everyPictureComes(
          CameraSource.of(GATE, server.url().replace("//", "//operator:s3cret@"))
              .over(Transport.HTTP));
    }
  }

  @Test
  void everyPictureComesOverTlsFromTheCertificateThatIsPinned() throws Exception {
    GStreamerServer.assumeEncrypts();
    OwnCertificate own = OwnCertificate.of(folder, "dns:elsewhere.example");
    try (GStreamerServer server =
        GStreamerServer.start(file, 0, "--certificate", own.file().toString())) {
      everyPictureComes(
          source(server, "rtsps").trusting(new TlsTrust.Fingerprint(own.fingerprint())));
      ingest.remove(GATE);
      statuses.await(GATE, CameraState.STOPPED);
      everyPictureComes(
          source(server, "rtsps")
              .trusting(new TlsTrust.Fingerprint(own.fingerprint()))
              .over(Transport.HTTP));
    }
  }

  @Test
  void everyPictureComesOverTlsFromACertificateOfAnAuthorityForThatHost() throws Exception {
    GStreamerServer.assumeEncrypts();
    OwnCertificate own = OwnCertificate.of(folder, "ip:127.0.0.1");
    OwnCertificate other = OwnCertificate.of(folder, "dns:elsewhere.example");
    try (GStreamerServer server =
        GStreamerServer.start(file, 0, "--certificate", own.file().toString())) {
      everyPictureComes(source(server, "rtsps").trusting(TlsTrust.Authorities.of(own.pem())));
      ingest.remove(GATE);
      statuses.await(GATE, CameraState.STOPPED);
      assertThat(refusal(source(server, "rtsps").trusting(TlsTrust.Authorities.of(other.pem()))))
          .contains("is not signed by a trusted authority", own.fingerprint());
    }
  }

  @Test
  void aCertificateThatIsNotTrustedIsRefusedWithItsFingerprint() throws Exception {
    GStreamerServer.assumeEncrypts();
    OwnCertificate own = OwnCertificate.of(folder, "dns:elsewhere.example");
    try (GStreamerServer server =
        GStreamerServer.start(file, 0, "--certificate", own.file().toString())) {
      assertThat(refusal(source(server, "rtsps")))
          .contains("is not signed by a trusted authority; its SHA-256", own.fingerprint());
      ingest.remove(GATE);
      statuses.await(GATE, CameraState.STOPPED);
      assertThat(refusal(source(server, "rtsps").trusting(TlsTrust.Authorities.of(own.pem()))))
          .contains("is for another host; its SHA-256", own.fingerprint());
      ingest.remove(GATE);
      statuses.await(GATE, CameraState.STOPPED);
      assertThat(
              refusal(source(server, "rtsps").trusting(new TlsTrust.Fingerprint("0".repeat(64)))))
          .contains("another certificate than the trusted one", own.fingerprint());
    }
  }

  @Test
  void aServerWithoutTlsIsNotSpokenToInPlainWhereTlsWasAskedFor() throws Exception {
    try (ScriptedCamera camera =
        new ScriptedCamera(conversation -> conversation.send("RTSP/1.0 400 Bad Request\r\n\r\n"))) {
      ingest.add(CameraSource.of(GATE, camera.url().replace("rtsp://", "rtsps://u:p@")));
      assertThat(statuses.await(GATE, CameraState.BACKING_OFF).lastError().orElseThrow())
          .contains("does not use TLS at this port, which rtsps:// requires");
      assertThat(camera.requests()).isEmpty();
    }
  }
}
