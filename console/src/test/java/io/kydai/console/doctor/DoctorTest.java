package io.kydai.console.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kydai.console.audit.Actor;
import io.kydai.console.audit.RequestOrigin;
import io.kydai.console.cameras.CameraRegistry;
import io.kydai.console.config.ConfigFile;
import io.kydai.console.config.camera.CameraConfig;
import io.kydai.console.config.tree.Secret;
import io.kydai.console.secrets.TestSecrets;
import io.kydai.console.store.Database;
import io.kydai.console.store.TestDatabase;
import io.kydai.ingest.simulator.CameraSimulator;
import io.kydai.ingest.simulator.SimulatedCamera;
import io.kydai.ingest.simulator.media.Clip;
import io.kydai.ingest.source.CameraId;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class DoctorTest {
  @TempDir Path folder;

  private final StringWriter out = new StringWriter();

  private int doctor(String yaml, String... flags) throws Exception {
    Path config = Files.writeString(folder.resolve("kydai.yaml"), yaml);
    CommandLine command = new CommandLine(new DoctorCommand()).setOut(new PrintWriter(out));
    String[] all = new String[flags.length + 4];
    System.arraycopy(
        new String[] {"--config", config.toString(), "--data", folder.resolve("data").toString()},
        0,
        all,
        0,
        4);
    System.arraycopy(flags, 0, all, 4, flags.length);
    return command.execute(all);
  }

  @Test
  void aMissingKeyOfTheSecretsIsAFault() throws Exception {
    Path file = Files.createDirectories(folder.resolve("data")).resolve("kydai.db");
    try (Database database = TestDatabase.open(file)) {
      new CameraRegistry(database, TestSecrets.cipher(), List.of(), Clock.systemUTC())
          .add(
              CameraConfig.of(new CameraId("gate"), Secret.of("rtsp://192.0.2.1/1")),
              Actor.SYSTEM,
              RequestOrigin.NONE);
    }
    int code =
        doctor("cameras: []\nhttp: {port: 0}\n" + TestDatabase.yaml(file), "--camera-seconds=0");
    assertThat(code).isEqualTo(1);
    assertThat(out.toString())
        .contains("secrets", "their key is missing", folder.resolve("data/secrets.key").toString());
  }

  @Test
  void aPasswordOfTheFactoryIsAFaultAndIsNotShown() throws Exception {
    Path database = Files.createDirectories(folder.resolve("data")).resolve("kydai.db");
    TestDatabase.open(database).close();
    int code =
        doctor(
            """
            cameras:
            - {id: gate, url: 'rtsp://admin:888888@192.0.2.1/1'}
            - {id: path, url: 'rtsp://192.0.2.2/1'}
            - {id: yard, url: 'rtsps://kydai:a-Long-0ne@192.0.2.3/1'}
            http: {port: 0}
            """
                + TestDatabase.yaml(database),
            "--camera-seconds=0",
            "--json");

    Map<String, JsonNode> findings = new HashMap<>();
    for (String line : out.toString().split("\n")) {
      JsonNode one = new ObjectMapper().readTree(line);
      findings.put(one.get("check").asText(), one);
    }
    assertThat(code).isEqualTo(1);
    assertThat(findings.get("camera gate").get("level").asText()).isEqualTo("fault");
    assertThat(findings.get("camera path").get("level").asText()).isEqualTo("warning");
    assertThat(findings).doesNotContainKey("camera yard");
    assertThat(findings.get("cameras").get("found").asText()).startsWith("2 of 3");
    assertThat(findings.get("database").get("level").asText()).isEqualTo("ok");
    assertThat(findings.get("port").get("level").asText()).isEqualTo("ok");
    assertThat(findings.get("detector").get("level").asText()).isEqualTo("ok");
    assertThat(findings.get("codecs").get("level").asText()).isEqualTo("ok");
    assertThat(findings.get("codecs").get("found").asText()).contains("H264, H265, JPEG");
    assertThat(findings).containsKeys("clock", "files", "disk", "disk speed", "TLS");
    assertThat(out.toString()).doesNotContain("888888").doesNotContain("a-Long-0ne");
    assertThat(findings.values())
        .allSatisfy(
            one ->
                assertThat(one.get("remedy").asText().isEmpty())
                    .isEqualTo(one.get("level").asText().equals("ok")));
    try (var left = Files.list(folder.resolve("data"))) {
      assertThat(left.filter(file -> file.getFileName().toString().startsWith("doctor"))).isEmpty();
    }
  }

  @Test
  @Timeout(120)
  void theCamerasAreReceivedAndTheirClocksCompared() throws Exception {
    Clip clip;
    try (InputStream in =
        DoctorTest.class.getResourceAsStream("/io/kydai/console/demo/campus-path.h264")) {
      clip = Clip.load(in);
    }
    try (CameraSimulator simulator =
        CameraSimulator.builder()
            .camera(new SimulatedCamera("good", clip, 10))
            .camera(new SimulatedCamera("late", clip, 10).withClockOffset(Duration.ofSeconds(-90)))
            .start()) {
      List<CameraConfig> cameras =
          ConfigFile.read(
                  Files.writeString(
                      folder.resolve("cameras.yaml"),
                      """
                      cameras:
                      - {id: good, url: '%s'}
                      - {id: late, url: '%s'}
                      - {id: none, url: '%s'}
                      - {id: away, url: 'rtsp://127.0.0.1:1/x'}
                      """
                          .formatted(
                              simulator.address("good"),
                              simulator.address("late"),
                              simulator.address("good").toString().replace("/good", "/none"))))
              .cameras();

      List<Finding> findings =
          new CameraReception(Clock.systemUTC(), Duration.ofSeconds(30), 2).of(cameras);

      assertThat(findings)
          .extracting(Finding::check)
          .containsExactly("camera late", "camera none", "camera away", "reception");
      assertThat(findings.get(0).found()).matches("its clock is -(8[5-9]|9[0-5])[.][0-9] s off.*");
      assertThat(findings.get(1).found()).contains("cannot be received");
      assertThat(findings.get(2).found()).contains("cannot be received");
      assertThat(findings.get(3).found()).startsWith("2 of 4 cameras are received");
      assertThat(findings).allMatch(one -> one.level() == Finding.Level.WARNING);
      assertThat(findings).noneMatch(one -> one.remedy().isEmpty());
    }
  }

  @Test
  void anAddressForOthersWithoutTlsAndABadCertificateAreFaults() throws Exception {
    assertThat(doctor("cameras: []\nhttp: {host: 0.0.0.0, port: 0}\n")).isEqualTo(1);
    assertThat(out.toString()).contains("fault    TLS          there is none", "http.behind-proxy");
    assertThat(
            doctor("cameras: []\nhttp: {port: 0, tls: {certificate: none.pem, key: none.pem}}\n"))
        .isEqualTo(1);
    assertThat(out.toString()).contains("none.pem");
  }

  @ParameterizedTest
  @CsvSource({"0, OK", "2, WARNING", "3600, FAULT", "-3600, FAULT"})
  void theClockIsComparedWithAServer(long offset, Finding.Level level) throws Exception {
    Instant now = Instant.parse("2026-11-28T12:00:00Z");
    try (DatagramSocket server = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      CompletableFuture<Void> answering =
          CompletableFuture.runAsync(() -> answer(server, now.plusSeconds(offset)));
      Finding found =
          ClockCheck.of(
              new InetSocketAddress(InetAddress.getLoopbackAddress(), server.getLocalPort()),
              Clock.fixed(now, ZoneOffset.UTC));
      answering.join();
      assertThat(found.level()).as(found.found()).isEqualTo(level);
    }
  }

  private static void answer(DatagramSocket server, Instant time) {
    try {
      DatagramPacket request = new DatagramPacket(new byte[48], 48);
      server.receive(request);
      ByteBuffer answer = ByteBuffer.allocate(48).put(0, (byte) 0x24).put(1, (byte) 2);
      int seconds = (int) (time.getEpochSecond() + 2_208_988_800L);
      answer.putInt(32, seconds).putInt(40, seconds);
      server.send(new DatagramPacket(answer.array(), 48, request.getSocketAddress()));
    } catch (java.io.IOException e) {
      throw new AssertionError(e);
    }
  }
}
