package io.kydai.console.config;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.kydai.analytics.budget.Attention;
import io.kydai.analytics.plates.PlateSettings;
import io.kydai.analytics.rules.RuleTypes;
import io.kydai.analytics.rules.settings.RuleSpec;
import io.kydai.analytics.scene.Point;
import io.kydai.console.config.camera.CameraConfig;
import io.kydai.console.config.camera.CameraJson;
import io.kydai.console.config.camera.PlaceConfig;
import io.kydai.console.config.camera.Purpose;
import io.kydai.console.config.camera.RetentionConfig;
import io.kydai.ingest.source.CameraId;
import io.kydai.ingest.source.CameraSource;
import io.kydai.ingest.source.StreamRole;
import io.kydai.ingest.source.Transport;
import io.kydai.ingest.tls.TlsTrust;
import io.kydai.models.detection.Device;
import io.kydai.models.detection.InputSize;
import io.kydai.models.detection.Precision;
import io.kydai.models.document.ConfigException;
import io.kydai.models.document.ConfigProblem;
import io.kydai.models.plates.PlateFormat;
import io.kydai.streaming.recording.CameraRecording;
import io.kydai.streaming.recording.RecordingPlan;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigFileTest {
  private static final String CAMERA = "cameras:\n- id: gate\n  url: rtsp://cam/1\n";

  @TempDir Path folder;

  private KydaiConfig read(String yaml, Purpose purpose) throws IOException {
    Path file = folder.resolve("kydai.yaml");
    Files.writeString(file, yaml);
    return ConfigFile.read(
        file, purpose, Map.of("PASS", "p@ss/word", "WHOLE", "rtsp://u:x%40y@cam/1")::get);
  }

  private List<String> mistakes(String yaml) {
    ConfigException e =
        catchThrowableOfType(ConfigException.class, () -> read(yaml, Purpose.SERVER));
    assertThat(e).as("a mistake is found").isNotNull();
    assertThat(e.getMessage()).contains("kydai.yaml");
    return e.problems().stream().map(ConfigProblem::toString).toList();
  }

  private static String secure(String more) {
    return CAMERA.replace("rtsp:", "rtsps:") + more;
  }

  @Test
  void readsHowAStreamTravels() throws Exception {
    byte[] der = anyAuthority().getEncoded();
    String pem =
        "-----BEGIN CERTIFICATE-----\n"
            + Base64.getMimeEncoder().encodeToString(der)
            + "\n-----END CERTIFICATE-----\n";
    Files.writeString(folder.resolve("ca.pem"), pem);
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(der);
    CameraSource udp = source(CAMERA + "  transport: udp\n");
    assertThat(udp.transport()).isEqualTo(Transport.UDP);
    assertThat(udp.trust()).isEqualTo(TlsTrust.PLATFORM);
    String digits = HexFormat.ofDelimiter(":").withUpperCase().formatHex(digest);
    CameraSource pinned = source(secure("  tls: {fingerprint: '" + digits + "'}\n"));
    assertThat(pinned.trust())
        .isEqualTo(new TlsTrust.Fingerprint(HexFormat.of().formatHex(digest)));
    CameraSource signed = source(secure("  tls: {ca-file: ca.pem}\n  transport: http\n"));
    assertThat(signed.trust()).isEqualTo(TlsTrust.Authorities.of(pem.getBytes(UTF_8)));
    assertThat(signed.transport()).isEqualTo(Transport.HTTP);
    CameraConfig asked =
        read(
                CAMERA
                    + "  onvif: https://10.0.0.5/onvif/device_service\n"
                    + ("  tls: {fingerprint: '" + digits + "'}\n"),
                Purpose.SERVER)
            .cameras()
            .get(0);
    assertThat(asked.source().orElseThrow().trust()).isEqualTo(TlsTrust.PLATFORM);
    assertThat(asked.onvifAccess().orElseThrow().trust()).isEqualTo(pinned.trust());
    CameraConfig camera =
        read(secure("  tls: {ca-file: ca.pem}\n"), Purpose.SERVER).cameras().get(0);
    assertThat(CameraJson.fromStorage(CameraJson.toStorage(camera))).isEqualTo(camera);
    assertThat(CameraJson.read(new ObjectMapper().writeValueAsBytes(CameraJson.write(camera))))
        .isEqualTo(camera);
  }

  @Test
  void anOnvifHostMayHaveUnderscores() throws Exception {
    String camera = "cameras:\n- id: gate\n  url: rtsp://admin:s3cret@cam_7:8554/live\n";
    CameraConfig asked =
        read(camera + "  onvif: http://CAM_7:8080/onvif/device_service\n", Purpose.SERVER)
            .cameras()
            .get(0);
    assertThat(asked.onvifAccess().orElseThrow().credentials()).isNotNull();

    for (String wrong : List.of("http://admin:s3cret@cam_7/d", "http://cam_7:65536/d")) {
      assertThat(mistakes(camera + "  onvif: " + wrong + "\n"))
          .singleElement(InstanceOfAssertFactories.STRING)
          .contains("cameras[0].onvif", "without user and password")
          .doesNotContain("s3cret");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://report_hub:8080/in", "https://tòa.example/in", "http://-hub/in"})
  void aWebhooksHostIsOneThatTheHttpClientTakes(String url) {
    assertThatThrownBy(() -> HttpRequest.newBuilder(URI.create(url)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(mistakes("webhooks:\n- url: " + url + "\n  secret: 0123456789abcdef\n"))
        .singleElement(InstanceOfAssertFactories.STRING)
        .contains("line 2: webhooks[0].url: events cannot be sent to", "RFC 1123")
        .contains("'" + URI.create(url).getRawAuthority() + "'");
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://hub:0/in", "http://hub:65536/in", "http://u:p@report_hub/in"})
  void aWebhooksAddressWithAnImpossiblePortOrAPasswordIsRefused(String url) {
    assertThat(mistakes("webhooks:\n- url: " + url + "\n  secret: 0123456789abcdef\n"))
        .singleElement(InstanceOfAssertFactories.STRING)
        .contains("webhooks[0].url: an address such as https://host/path, without user and");
  }

  @Test
  void thePublicAddressMayHaveAnUnderscore() throws Exception {
    KydaiConfig config = read("http: {public-url: 'http://kydai_console:8080/'}\n", Purpose.SERVER);
    assertThat(config.http().publicUrl()).isEqualTo(URI.create("http://kydai_console:8080/"));
  }

  private static X509Certificate anyAuthority() throws Exception {
    TrustManagerFactory platform =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    platform.init((KeyStore) null);
    return ((X509TrustManager) platform.getTrustManagers()[0]).getAcceptedIssuers()[0];
  }

  private CameraSource source(String yaml) throws IOException {
    return read(yaml, Purpose.SERVER).cameras().get(0).source().orElseThrow();
  }

  @Test
  void namesWhatIsWrongWithHowAStreamTravels() throws IOException {
    Files.writeString(folder.resolve("no.pem"), "hello");
    assertThat(mistakes(CAMERA + "  transport: upd\n"))
        .singleElement()
        .asString()
        .contains("4", "cameras[0].transport", "one of auto, tcp, udp, http is expected");
    assertThat(mistakes(secure("  transport: udp\n")))
        .singleElement()
        .asString()
        .contains("cameras[0].transport", "would not be encrypted");
    assertThat(mistakes(CAMERA + "  tls: {fingerprint: " + "ab".repeat(32) + "}\n"))
        .singleElement()
        .asString()
        .contains("cameras[0].tls", "with rtsps:// only");
    assertThat(mistakes(secure("  tls: {fingerprint: abc}\n")))
        .singleElement()
        .asString()
        .contains("cameras[0].tls.fingerprint", "64 hexadecimal digits");
    assertThat(mistakes(secure("  tls: {}\n")))
        .singleElement()
        .asString()
        .contains("cameras[0].tls", "one of fingerprint, ca-file, authorities is expected");
    assertThat(mistakes(secure("  tls: {ca-file: no.pem}\n")))
        .singleElement()
        .asString()
        .contains("cameras[0].tls.ca-file", "certificates");
    assertThat(mistakes(secure("  tls: {ca-file: none.pem}\n")))
        .singleElement()
        .asString()
        .contains("cameras[0].tls.ca-file", "cannot be read");
    assertThat(mistakes(secure("  tls: {authorities: [aGVsbG8=]}\n")))
        .singleElement()
        .asString()
        .contains("cameras[0].tls.authorities[0]", "a certificate in base64");
  }

  @Test
  void readsEveryKey() throws IOException {
    KydaiConfig config =
        read(
            """
            cameras:
            - id: gate
              name: Cổng chính
              url: rtsp://admin:${PASS}@10.0.0.5:554/ch1?sub=1
              place: {lat: 10.77, lon: 106.7, address: 1 Lê Lợi}
              purpose: traffic safety
              second-url: rtsp://10.0.0.5:554/ch1
              recording: continuous
              recording-streams: both
              retention-days: 14
              retention-sub-days: 60
              retention-thin-days: 3
              retention-archive-days: 0
              scene:
                lines: [{id: v, from: [0.5, 0], to: [0.5, 1]}]
                zones:
                - id: z
                  polygon: [[0, 0], [1, 0], [1, 1]]
              rules:
              - {id: c5, type: crowding, zone: z, people: 5, for: 10s}
              analysis: {priority: high, idle-fps: off}
            webhooks:
            - url: https://desk.example/hook?token=t
              secret: whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw
              types: [report.received, stopped]
            storage:
              directory: here
              secrets-key: s.key
              pre-roll: 2s
              post-roll: 1500ms
              recordings-folders: [disk, /mnt/b]
              recordings-archive: [/mnt/c]
              recordings-archive-days: 30
              recordings-thin-days: 10
              recordings-most-gib: 500
              recordings-least-free-gib: 20
              cases-most-gib: 30
              cases-keep-days: 7
              time-stamps: http://tsa.example/tsr
              time-stamp-every: 90m
              camera-roots: roots.pem
            http: {host: 0.0.0.0, port: 9090, public-url: 'https://kydai.example', tls: {certificate: c.pem, key: /etc/k.pem}, behind-proxy: [10.0.0.1, 10.1.0.0/16]}
            webrtc: {port: 8189, overflow: 'https://kydai-2.example:8443'}
            detector: {setting: light, input: 512x288, device: "cuda:1", precision: auto, min-score: 0.2, workers: 3, threads: 2, decode-threads: 4, min-fps: 0.5, max-fps: 7.5, idle-fps: 2}
            plates:
              enabled: true
              country: br
              min-confidence: 0.9
              watch-list: [{plate: abc-1234, label: case 17}]
            """,
            Purpose.SERVER);
    CameraConfig gate = config.camera(new CameraId("gate")).orElseThrow();
    assertThat(gate.name()).isEqualTo("Cổng chính");
    assertThat(gate.source().orElseThrow().address().toString())
        .isEqualTo("rtsp://10.0.0.5:554/ch1?sub=1");
    assertThat(gate.source().orElseThrow().credentials().orElseThrow().password())
        .isEqualTo("p@ss/word");
    assertThat(gate.url().written()).isEqualTo("rtsp://admin:${PASS}@10.0.0.5:554/ch1?sub=1");
    assertThat(gate.place())
        .isEqualTo(new PlaceConfig(new PlaceConfig.Position(10.77, 106.7), "1 Lê Lợi"));
    assertThat(gate.purpose()).isEqualTo("traffic safety");
    assertThat(gate.retention()).isEqualTo(new RetentionConfig(14, 60, 3, 0));
    assertThat(gate.recorded(ZoneOffset.UTC))
        .as("what is analysed is the sub-stream here")
        .hasValue(
            new CameraRecording(
                new RecordingPlan.Continuous(), StreamRole.SUB, StreamRole.MAIN, false));
    assertThat(gate.scene().line("v").orElseThrow().to()).isEqualTo(new Point(0.5, 1));
    assertThat(gate.scene().zone("z").orElseThrow().polygon()).hasSize(3);
    assertThat(gate.rules().get(0).type()).isEqualTo("crowding");
    assertThat(gate.rules().get(0).settings())
        .isEqualTo(Map.of("zone", "z", "people", 5, "for", "10s"));
    assertThat(gate.attention()).isEqualTo(new Attention(Attention.HIGH, Double.POSITIVE_INFINITY));
    assertThat(config.webrtc().overflow()).isEqualTo(URI.create("https://kydai-2.example:8443"));
    WebhookConfig webhook = config.webhooks().get(0);
    assertThat(webhook.types()).containsExactly("report.received", "stopped");
    assertThat(config.storage())
        .isEqualTo(
            new StorageConfig(
                folder.resolve("here"),
                null,
                folder.resolve("s.key"),
                Duration.ofSeconds(2),
                Duration.ofMillis(1500),
                List.of(folder.resolve("disk"), Path.of("/mnt/b")),
                List.of(Path.of("/mnt/c")),
                30,
                10,
                500,
                20,
                30,
                7,
                URI.create("http://tsa.example/tsr"),
                Duration.ofMinutes(90),
                folder.resolve("roots.pem")));
    assertThat(config.http().host()).isEqualTo("0.0.0.0");
    assertThat(config.http().port()).isEqualTo(9090);
    assertThat(config.http().publicUrl().getHost()).isEqualTo("kydai.example");
    assertThat(config.http().tls())
        .isEqualTo(new ServerTls.Files(folder.resolve("c.pem"), Path.of("/etc/k.pem")));
    assertThat(config.http().behindProxy())
        .containsExactly(AddressRange.of("10.0.0.1"), AddressRange.of("10.1.0.0/16"));
    assertThat(read(CAMERA + "http: {tls: self-signed}", Purpose.SERVER).http().tls())
        .isEqualTo(new ServerTls.SelfSigned());
    assertThat(config.detector())
        .isEqualTo(
            new DetectorConfig(
                "light",
                new InputSize(512, 288),
                new Device(Device.Provider.CUDA, 1),
                Precision.AUTO,
                0.2,
                3,
                2,
                4,
                0.5,
                7.5,
                2));
    PlateSettings plates = config.plates().analytics().orElseThrow();
    assertThat(plates.format()).isEqualTo(PlateFormat.BRAZIL);
    assertThat(plates.minConfidence()).isEqualTo(0.9);
    assertThat(plates.watchList().match("ABC1234").orElseThrow().entry().label())
        .isEqualTo("case 17");
  }

  @Test
  void aNetworkOfOnesOwnIsFoundBesideTheConfiguration() throws IOException {
    DetectorConfig detector =
        read(CAMERA + "\ndetector: {network: mine.yaml}", Purpose.SERVER).detector();
    assertThat(detector.network()).isEqualTo(folder.resolve("mine.yaml").toString());
    assertThat(detector.detector().name()).isEqualTo(detector.network());
  }

  @Test
  void everyDefaultIsPinned() throws IOException {
    KydaiConfig config = read(CAMERA, Purpose.SERVER);
    CameraConfig camera = config.cameras().get(0);
    int half = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
    assertThat(camera.name()).isEqualTo("gate");
    assertThat(camera.place()).isNull();
    assertThat(camera.purpose()).isNull();
    assertThat(camera.retention()).isEqualTo(new RetentionConfig(30, null, null, null));
    assertThat(camera.scene().lines()).isEmpty();
    assertThat(camera.scene().zones()).isEmpty();
    assertThat(camera.rules())
        .extracting(RuleSpec::type, RuleSpec::settings)
        .containsExactly(tuple("signal-lost", Map.of()), tuple("tamper", Map.of()));
    assertThat(camera.attention()).isEqualTo(new Attention(3, null));
    assertThat(config.webhooks()).isEmpty();
    assertThat(config.storage())
        .isEqualTo(
            new StorageConfig(
                null,
                null,
                null,
                Duration.ofSeconds(5),
                Duration.ofSeconds(5),
                List.of(),
                List.of(),
                7,
                0,
                1_000_000,
                10,
                50,
                30,
                null,
                Duration.ofHours(1),
                null));
    assertThat(config.http()).isEqualTo(new HttpConfig("127.0.0.1", 8080, null));
    assertThat(config.detector())
        .isEqualTo(
            new DetectorConfig(
                "default", null, Device.CPU, Precision.AUTO, 0.1, half, 1, half, 1, 10, 1));
    assertThat(config.plates()).isEqualTo(PlatesConfig.OFF);
    assertThat(config.plates().analytics()).isEmpty();
    PlateSettings plates =
        read(CAMERA + "plates: {min-confidence: 0.8}", Purpose.SERVER)
            .plates()
            .analytics()
            .orElseThrow();
    assertThat(plates.format()).isEqualTo(PlateFormat.VIETNAM);
    assertThat(plates.minConfidence()).isEqualTo(0.8);
    assertThat(plates.watchList().isEmpty()).isTrue();
    assertThat(read(CAMERA + "plates: {enabled: false}", Purpose.SERVER).plates().analytics())
        .isEmpty();
    assertThat(read(CAMERA + "plates: {country: any}", Purpose.SERVER).plates().format()).isNull();
  }

  @Test
  void analysisOfFilesNeedsNoAddress() throws IOException {
    KydaiConfig config = read("cameras: [{id: a}]", Purpose.ANALYSIS);
    assertThat(config.cameras().get(0).url()).isNull();
    assertThat(config.cameras().get(0).source()).isEmpty();
    assertThat(mistakes("cameras: [{id: a}]"))
        .containsExactly(
            "line 1: cameras[0].url: missing: an address such as rtsp://host:554/path is expected");
  }

  static List<Arguments> mistakes() {
    return List.of(
        wrong("camera: []", "line 1: camera: there is no such key; did you mean 'cameras'?"),
        wrong(
            CAMERA + "  retention_day: 3",
            "line 4: cameras[0].retention_day: there is no such key; did you mean"
                + " 'retention-days'?"),
        wrong(
            CAMERA + "  xyzzy: 3",
            "line 4: cameras[0].xyzzy: there is no such key; there are: id, name, url, transport,"
                + " tls, second-url, second-role, onvif, place, groups, purpose, recording,"
                + " recording-streams, recording-times, recording-pre-roll, recording-post-roll,"
                + " recording-audio, retention-days, retention-sub-days, retention-thin-days,"
                + " retention-archive-days, scene, privacy, rules, analysis"),
        wrong(
            CAMERA + "  retention-days: soon",
            "line 4: cameras[0].retention-days: a number is expected, not a text"),
        wrong(
            CAMERA + "  retention-days: 1.5",
            "line 4: cameras[0].retention-days: a whole number is expected"),
        wrong(
            CAMERA + "  recording-streams: both",
            "line 2: cameras[0].second-url: missing: a camera of which the sub-stream is recorded has"
                + " two; it is expected"),
        wrong(
            "webrtc: {overflow: 'https://kydai-2.example/api'}",
            "line 1: webrtc.overflow: an origin such as https://kydai-2.example is expected,"
                + " without a path"),
        wrong(
            "webrtc: {overflow: 'https://an:pw@kydai-2.example'}",
            "line 1: webrtc.overflow: an address such as https://host/path, without user and"
                + " password, is expected"),
        wrong("http: {port: 70000}", "line 1: http.port: 70000 is not in 0 to 65535"),
        wrong("http: {tls: on}", "line 1: http.tls: one of self-signed is expected"),
        wrong(
            "http: {tls: {key: k.pem}}",
            "line 1: http.tls.certificate: missing: a PEM file of the certificate is expected"),
        wrong(
            "http: {behind-proxy: [proxy.example]}",
            "line 1: http.behind-proxy[0]: an IP address such as 10.0.0.5, or a range such as"
                + " 10.0.0.0/24, is expected"),
        wrong("cameras: 5", "line 1: cameras: a list is expected, not a number"),
        wrong("cameras: [gate]", "line 1: cameras[0]: keys with values are expected, not a text"),
        wrong(
            "cameras:\n- url: rtsp://cam/1",
            "line 2: cameras[0].id: missing: the camera's id is expected"),
        wrong(
            "cameras:\n- id: Gate\n  url: rtsp://cam/1",
            "line 2: cameras[0].id: a camera id has 1 to 63 of a-z, 0-9, '-' and '_', and starts"
                + " with a letter or digit"),
        wrong(
            CAMERA + "- id: gate\n  url: rtsp://cam/2",
            "line 4: cameras[1].id: the id 'gate' is already used by line 2"),
        wrong(
            CAMERA + "  url: rtsp://cam/2",
            "line 4: cameras[0].url: the key is given twice; first on line 3"),
        wrong(
            "cameras:\n- id: a\n  url: http://cam/1",
            "line 3: cameras[0].url: an address such as rtsp://host:554/path is needed"),
        wrong(
            "cameras:\n- id: a\n  url: rtsp://u:${NONE}@cam/1",
            "line 3: cameras[0].url: the environment has no variable NONE"),
        wrong(
            CAMERA + "  place: {lat: 91, lon: 0}",
            "line 4: cameras[0].place.lat: 91 is not in -90 to 90"),
        wrong(
            CAMERA + "  place: {lat: 10}",
            "line 4: cameras[0].place.lon: missing: a position has both lat and lon; it is"
                + " expected"),
        wrong(
            CAMERA + "  scene:\n    lines:\n    - {id: v, from: [0.5, 1.5], to: [0.5, 0]}",
            "line 6: cameras[0].scene.lines[0].from[1]: 1.5 is not in 0 to 1"),
        wrong(
            CAMERA + "  scene: {lines: [{id: v, from: [0.5], to: [0.5, 0]}]}",
            "line 4: cameras[0].scene.lines[0].from: a point has two coordinates [x, y], not 1"),
        wrong(
            CAMERA + "  scene:\n    zones:\n    - id: z\n      polygon: [[0,0],[1,1],[1,0],[0,1]]",
            "line 7: cameras[0].scene.zones[0].polygon: zone z: its polygon crosses itself (the"
                + " edges after points 1 and 3); give the corners in order, once round"),
        wrong(
            CAMERA
                + "  scene:\n    zones:\n    - {id: z, polygon: [[0,0],[1,1],[1,0]]}\n"
                + "    - {id: z, polygon: [[0,0],[1,1],[1,0]]}",
            "line 7: cameras[0].scene.zones[1].id: the id 'z' is already used by line 6"),
        wrong(
            CAMERA + "  rules: [{id: r}]",
            "line 4: cameras[0].rules[0].type: missing: a rule's type, such as crowding is"
                + " expected"),
        wrong(
            CAMERA + "  rules:\n  - {id: r, type: crowd}",
            "line 5: cameras[0].rules[0].type: 'crowd' should be one of: "
                + String.join(", ", RuleTypes.all().keySet())),
        wrong(
            CAMERA + "  scene:\n    zones: [{id: z, polygon: [[0,0],[1,0],[1,1]], use: line}]",
            "line 5: cameras[0].scene.zones[0].use: one of area, lane, ignore, signal, far is"
                + " expected"),
        wrong(
            CAMERA
                + "  scene:\n    zones:\n    - id: z\n      polygon: [[0,0],[1,0],[1,1]]\n"
                + "      direction: [[0,0],[1,1]]",
            "line 8: cameras[0].scene.zones[0].direction: only a zone with 'use: lane' has a"
                + " direction"),
        wrong(
            CAMERA + "  scene:\n    calibration: {}",
            "line 5: cameras[0].scene.calibration: either 'points' or 'lane' is expected"),
        wrong(
            CAMERA
                + "  scene:\n"
                + "    calibration:\n"
                + "      points:\n"
                + "      - {image: [0,0], metres: [0,9]}\n"
                + "      - {image: [1,0], metres: [9,9]}\n"
                + "      - {image: [1,1], metres: [9,0]}\n",
            "line 6: cameras[0].scene.calibration.points: a calibration has 4 to 100 points, not"
                + " 3"),
        wrong(
            CAMERA
                + "  scene:\n"
                + "    calibration:\n"
                + "      points:\n"
                + "      - {image: [0,0], metres: [0,9]}\n"
                + "      - {image: [1,0], wgs84: [9,9]}",
            "line 8: cameras[0].scene.calibration.points[1]: all points are in metres, or all in"
                + " wgs84"),
        wrong(
            CAMERA
                + "  scene:\n    calibration:\n      lane:\n        left: [[0.3,0.9],[0.4,0.5]]\n"
                + "        right: [[0.7,0.9],[0.6,0.5]]\n        width: 3.5",
            "line 6: cameras[0].scene.calibration.lane.length: missing: the metres from end to end"
                + " of the left edge is expected"),
        wrong(
            CAMERA + "  rules:\n  - id: r\n    type: line-count\n    line: v",
            "line 7: cameras[0].rules[0].line: there is no line 'v' in the scene; it has no lines:"
                + " draw one"),
        wrong(
            CAMERA
                + "  scene: {zones: [{id: z, polygon: [[0,0],[1,0],[1,1]]}]}\n"
                + "  rules:\n  - id: r\n    type: crowding\n    zone: z\n    people: 0",
            "line 9: cameras[0].rules[0].people: 0 is not in 1 to 1000"),
        wrong(
            "webhooks:\n- url: https://a.example/\n  secret: 0123456789abcdef\n"
                + "  types: [crowdin]",
            "line 4: webhooks[0].types[0]: there is no such type; did you mean 'crowding'?"),
        wrong(
            "webhooks:\n- url: https://a.example/\n  secret: short",
            "line 3: webhooks[0].secret: a secret of at least 16 characters, or 'whsec_' and"
                + " base64, is expected"),
        wrong(
            "webhooks:\n- url: https://a.example/\n  secret: whsec_abc",
            "line 3: webhooks[0].secret: base64 of 24 to 64 bytes is expected after 'whsec_'"),
        wrong(
            "webhooks:\n- url: https://u:p@a.example/\n  secret: 0123456789abcdef",
            "line 2: webhooks[0].url: an address such as https://host/path, without user and"
                + " password, is expected"),
        wrong("storage: {pre-roll: 2h}", "line 1: storage.pre-roll: longer than the allowed 60s"),
        wrong(
            "storage: {pre-roll: soon}",
            "line 1: storage.pre-roll: a duration such as 500ms, 10s, 2m, 1h or 30d is expected"),
        wrong(
            CAMERA + "  analysis: {priority: urgent}",
            "line 4: cameras[0].analysis.priority: low, normal, high or a number is expected"),
        wrong(
            CAMERA + "  analysis: {priority: 11}",
            "line 4: cameras[0].analysis.priority: 11 is not in 1 to 10"),
        wrong(
            CAMERA + "  analysis: {idle-fps: never}",
            "line 4: cameras[0].analysis.idle-fps: a number or off is expected"),
        wrong(
            CAMERA + "  analysis: {max-fps: 5}",
            "line 4: cameras[0].analysis.max-fps: there is no such key; did you mean"
                + " 'idle-fps'?"),
        wrong(
            "detector: {min-fps: 6, max-fps: 5}", "line 1: detector.min-fps: 6 is not in 0.1 to 5"),
        wrong(
            "detector: {setting: best}",
            "line 1: detector.setting: one of light, default, quality is expected"),
        Arguments.of(
            "detector: {input: large}",
            "line 1: detector.input: a size such as 512x288 is expected"),
        wrong(
            "detector: {device: gpu}",
            "line 1: detector.device: cpu, cuda or tensorrt is expected, with the card's number as"
                + " in cuda:1"),
        wrong(
            "detector: {precision: fp16}",
            "line 1: detector.precision: one of auto, int8, fp32 is expected"),
        Arguments.of(
            "detector: {device: tensorrt, precision: int8}",
            "line 1: detector.precision: int8 runs on cpu only; on tensorrt:0 it is fp32, which"
                + " auto takes there"),
        Arguments.of(
            "detector: {network: mine.yaml, precision: fp32}",
            "line 1: detector.precision: only the built-in network has a choice; a network of your"
                + " own runs as its file is"),
        Arguments.of(
            "detector: {setting: light, network: mine.yaml}",
            "line 1: detector.network: either a setting or a network of your own, not both"),
        Arguments.of(
            "detector: {network: mine.onnx}",
            "line 1: detector.network: the description of a network, which ends in .yaml, is"
                + " expected"),
        wrong("plates: {country: de}", "line 1: plates.country: one of vn, br, any is expected"),
        wrong("plates: {enabled: maybe}", "line 1: plates.enabled: true or false is expected"),
        wrong("plates: {min-confidence: 80}", "line 1: plates.min-confidence: 80 is not in 0 to 1"),
        wrong(
            "plates:\n  watch-list:\n  - {plate: 51F?123, label: a}",
            "line 3: plates.watch-list[0].plate: a plate of 4 to 12 letters A-Z and digits is"
                + " expected"),
        wrong(
            "plates:\n  watch-list:\n  - {plate: 51F12345, label: a}\n"
                + "  - {plate: 51f-123.45, label: b}",
            "line 4: plates.watch-list[1].plate: the plate is already listed, on line 3"),
        wrong(
            "plates:\n  watch-list:\n  - {plate: 51F12345}",
            "line 3: plates.watch-list[0].label: missing: why it is looked for, without names, is"
                + " expected"),
        wrong(
            CAMERA + "  rules: [{id: w, type: plate-watch}]\nplates: {enabled: true}",
            "line 5: plates: rule 'w' of camera 'gate' is of type plate-watch, and no plate is"
                + " listed: 'plates.watch-list' is empty"),
        wrong(
            CAMERA + "  rules: [{id: w, type: plate-watch}]",
            "line 1: plates: rule 'w' of camera 'gate' is of type plate-watch, and plates are not"
                + " read here: 'plates' is not in the configuration, or off"),
        wrong("", "the file is empty; 'cameras:' is expected"),
        wrong("http: {port: 1}\n---\nhttp: {port: 2}", "line 2: there is a second document"),
        wrong("http: !!java.net.URL [a]", "line 1: tags such as '!name' are not supported"),
        wrong("http: *nobody", "line 1: no anchor '&nobody' precedes this alias"),
        wrong("a: &a [*a]", "line 1: no anchor '&a' precedes this alias"),
        wrong("x: " + "[".repeat(100_000), "line 1: nested deeper than 24 levels"));
  }

  private static Arguments wrong(String yaml, String mistake) {
    return Arguments.of(yaml, mistake);
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void namesTheLineTheKeyAndWhatWouldBeRight(String yaml, String mistake) {
    assertThat(mistakes(yaml)).containsExactly(mistake);
  }

  @Test
  void tellsOfAllMistakesAtOnceInTheOrderOfTheFile() {
    assertThat(mistakes("http: {prot: 1}\n" + CAMERA + "  name: ''\ndetector: {workers: 0}"))
        .containsExactly(
            "line 1: http.prot: there is no such key; did you mean 'port'?",
            "line 5: cameras[0].name: a text of 1 to 200 characters is expected",
            "line 6: detector.workers: 0 is not in 1 to 64");
  }

  @Test
  void theExceptionsMessageHasFileLineAndKey() {
    assertThatThrownBy(() -> read("\nhttp: {port: x}", Purpose.SERVER))
        .hasMessageEndingWith("kydai.yaml:2: http.port: a number is expected, not a text");
  }

  @Test
  void syntaxErrorsNameTheLineAndDoNotRepeatIt() {
    assertThat(mistakes("webhooks:\n- secret: \"hunter2"))
        .singleElement()
        .asString()
        .contains("not YAML")
        .doesNotContain("hunter2");
  }

  @Test
  void laughsAtABillionLaughs() {
    StringBuilder yaml = new StringBuilder("a: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 9; i++) {
      String alias = "*a" + (i - 1);
      yaml.append("a%d: &a%d [%s]\n".formatted(i, i, (alias + ", ").repeat(9) + alias));
    }
    assertThat(mistakes(yaml.toString())).containsExactly("line 6: more than 500000 values");
  }

  @Test
  void tooLargeAFileIsNotRead() {
    assertThat(mistakes("#".repeat((1 << 20) + 1)))
        .containsExactly("the file is larger than 1 MiB");
  }

  @Test
  void aMissingFileIsSaidToBeMissing() {
    assertThatThrownBy(() -> ConfigFile.read(folder.resolve("none.yaml")))
        .isInstanceOf(ConfigException.class)
        .hasMessageEndingWith("none.yaml: there is no such file");
  }

  @Test
  void anchorsMayBeUsedForWhatRepeats() throws IOException {
    KydaiConfig config =
        read(
            "cameras:\n- {id: a, scene: &s {zones: [{id: z, polygon: [[0,0],[1,0],[1,1]]}]}}\n"
                + "- {id: b, scene: *s}",
            Purpose.ANALYSIS);
    assertThat(config.cameras().get(1).scene()).isEqualTo(config.cameras().get(0).scene());
  }

  @Test
  void secretsComeFromTheEnvironmentOrAFileAndAreNeverShown() throws IOException {
    Files.writeString(folder.resolve("hook"), "a secret of a file\n");
    KydaiConfig config =
        read(
            "cameras: [{id: a, url: '${WHOLE}'}]\n"
                + "webhooks: [{url: 'https://h.example/?t=tok', secret: 'file:hook'}]",
            Purpose.SERVER);
    assertThat(
            config.cameras().get(0).source().orElseThrow().credentials().orElseThrow().password())
        .isEqualTo("x@y");
    assertThat(config.webhooks().get(0).secret().value()).isEqualTo("a secret of a file");
    assertThat(config.toString()).doesNotContain("a secret", "x%40y", "tok", "rtsp:");
  }
}
