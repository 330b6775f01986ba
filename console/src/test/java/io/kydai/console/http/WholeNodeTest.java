package io.kydai.console.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.kydai.console.config.HttpConfig;
import io.kydai.console.config.KydaiConfig;
import io.kydai.console.node.Node;
import io.kydai.ingest.simulator.CameraSimulator;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** One node with every room, on a simulated camera over real RTSP. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WholeNodeTest {
  @TempDir static Path folder;

  private final Set<Thread> before = Thread.getAllStackTraces().keySet();
  private CameraSimulator simulator;
  private Node node;
  private Api api;

  @BeforeAll
  void start() throws Exception {
    simulator = StartedNode.simulator("path");
    tiles(folder.resolve("hue.mbtiles"));
    node =
        StartedNode.start(
            folder,
            """
            map: {tiles: hue.mbtiles}
            cameras:
              - id: path
                url: %s
                recording: continuous
                scene:
                  lines: [{id: v, from: [0.5, 0], to: [0.5, 1]}]
                  zones: [{id: all, polygon: [[0, 0], [1, 0], [1, 1], [0, 1]]}]
                rules:
                  - {id: count, type: line-count, line: v}
                  - {id: somebody, type: crowding, zone: all, people: 2, for: 1s}
            """
                .formatted(simulator.address("path")));
    api = LoggedIn.api(node);
  }

  /** One tile of the whole world, in a file of MBTiles. */
  private static void tiles(Path file) throws SQLException {
    try (Connection db = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = db.createStatement()) {
      statement.execute("CREATE TABLE metadata (name TEXT, value TEXT)");
      statement.execute("INSERT INTO metadata VALUES ('format', 'png')");
      statement.execute(
          "CREATE TABLE tiles (zoom_level INTEGER, tile_column INTEGER, tile_row INTEGER,"
              + " tile_data BLOB)");
      statement.execute("INSERT INTO tiles VALUES (0, 0, 0, X'010203')");
    }
  }

  @AfterAll
  void stop() {
    node.close();
    simulator.close();
  }

  @Test
  void anAlertBecomesAReportWithEvidence() throws Exception {
    try (Api.Listener events = api.listen("/api/v1/events", "EventMessage")) {
      JsonNode report =
          events
              .await(
                  message ->
                      message.get("event").asText().equals("report")
                          && message
                              .at("/report/evidence")
                              .findValuesAsText("name")
                              .contains("clip.mp4"))
              .get("report");
      assertThat(report.get("type").asText()).isEqualTo("crowding");

      for (JsonNode item : report.get("evidence")) {
        Api.Answer file = api.get(item.get("href").asText()).expect(200);
        assertThat(file.contentType()).isEqualTo(item.get("media-type").asText());
        assertThat(file.body()).hasSize(item.get("size").asInt());
        assertThat(
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(file.body())))
            .isEqualTo(item.get("sha256").asText());
      }
      Api.Answer part =
          api.get(
                  "/api/v1/reports/" + report.get("id").asText() + "/evidence/clip.mp4",
                  "Range",
                  "bytes=4-7")
              .expect(206);
      assertThat(new String(part.body(), StandardCharsets.US_ASCII)).isEqualTo("ftyp");

      api.json("POST", "/api/v1/reports/" + report.get("id").asText() + "/verify", "{}")
          .expect(200);
    }
  }

  /** Threads that libraries make and name; what ours are called is in the design's table. */
  private static final Pattern LIBRARIES =
      Pattern.compile(
          "vert\\.x-.*|vertx-.*|HttpClient-.*|ForkJoinPool.*|Cleaner-.*|JavaCPP .*|process reaper.*"
              + "|Common-Cleaner|Java2D.*|AWT-.*|Attach Listener|globalEventExecutor-.*");

  private static final Pattern OURS = Pattern.compile("kydai-([a-z]+(?:-[a-z]+)*)-[0-9]+");

  @Test
  void everyThreadIsNamedByItsSubjectAndInTheDesignsTable() throws Exception {
    try (Api.Listener events = api.listen("/api/v1/events", "EventMessage")) {
      events.await(
          message ->
              message.get("event").asText().equals("report")
                  && message.at("/report/evidence").findValuesAsText("name").contains("clip.mp4"));
    }
    awaitAnObservation();
    Set<Thread> threads = new HashSet<>(Thread.getAllStackTraces().keySet());
    threads.removeAll(before);
    List<String> names =
        threads.stream()
            .map(Thread::getName)
            .filter(name -> !LIBRARIES.matcher(name).matches())
            .toList();
    Set<String> subjects = new TreeSet<>();
    for (String name : names) {
      Matcher ours = OURS.matcher(name);
      assertThat(ours.matches()).as("%s is named kydai-<subject>-<n>", name).isTrue();
      subjects.add(ours.group(1));
    }
    subjects.remove("camera-simulator");

    assertThat(subjects)
        .contains(
            "ingest", "decode", "inference", "ticker", "streaming", "clip-timer", "clip-writer")
        .contains("report-intake", "database", "database-watch", "desk", "viewing");
    String design = Files.readString(Path.of("../docs/design.md"));
    assertThat(subjects)
        .allSatisfy(subject -> assertThat(design).contains("`kydai-" + subject + "-n`"));
  }

  @Test
  void theLiveStreamStartsWithItsInitialisation() throws Exception {
    try (Api.Listener live = api.listen("/api/v1/cameras/path/live", "LiveMessage")) {
      JsonNode init = live.await(message -> message.get("type").asText().equals("init"));
      assertThat(init.get("codec").asText()).startsWith("avc1.");

      assertThat(box(live.media.poll(30, TimeUnit.SECONDS))).isEqualTo("ftyp");
      String media = box(live.media.poll(30, TimeUnit.SECONDS));
      assertThat(media).isIn("moof", "styp");
      live.await(
          message ->
              message.get("type").asText().equals("observation")
                  && !message.get("tracks").isEmpty());
    }
  }

  private static String box(byte[] segment) {
    assertThat(segment).as("a segment").isNotNull();
    return new String(segment, 4, 4, StandardCharsets.US_ASCII);
  }

  @Test
  void aSnapshotIsAsLargeAsThePicture() throws Exception {
    awaitAnObservation();
    JsonNode status = api.get("/api/v1/cameras/path").expect(200).json().get("status");
    assertThat(status.get("state").asText()).isEqualTo("live");

    for (String annotated : new String[] {"true", "false"}) {
      Api.Answer answer =
          api.get("/api/v1/cameras/path/snapshot.jpg?annotated=" + annotated).expect(200);
      BufferedImage picture = ImageIO.read(new ByteArrayInputStream(answer.body()));
      assertThat(picture.getWidth()).isEqualTo(status.get("width").asInt());
      assertThat(picture.getHeight()).isEqualTo(status.get("height").asInt());
    }
    api.get("/api/v1/cameras/path/counts").expect(200);
  }

  private void awaitAnObservation() throws Exception {
    try (Api.Listener live = api.listen("/api/v1/cameras/path/live", "LiveMessage")) {
      live.await(message -> message.get("type").asText().equals("observation"));
    }
  }

  @Test
  void aCameraThatIsAddedWhileItRunsIsSeenAndOneThatIsRemovedEnds() throws Exception {
    String second = "{\"id\": \"second\", \"url\": \"" + simulator.address("path") + "\"}";
    try (Api.Listener events = api.listen("/api/v1/events", "EventMessage")) {
      events.await(message -> message.get("event").asText().equals("hello"));
      api.json("POST", "/api/v1/cameras", second).expect(201);
      events.await(
          message ->
              message.at("/camera/id").asText().equals("second")
                  && message.at("/camera/status/state").asText().equals("live"));
      try (Api.Listener live = api.listen("/api/v1/cameras/second/live", "LiveMessage")) {
        live.await(message -> message.get("type").asText().equals("init"));
        api.delete("/api/v1/cameras/second").expect(204);
        live.await(message -> message.get("type").asText().equals("end"));
      }
      events.await(message -> message.get("event").asText().equals("camera-removed"));
    }
  }

  @Test
  void aRuleThatLooksForPlatesIsRefusedWhereNobodyReadsThem() throws Exception {
    String second =
        "{\"id\": \"second\", \"url\": \""
            + simulator.address("path")
            + "\", \"rules\": [{\"id\": \"wanted\", \"type\": \"plate-watch\"}]}";
    assertThat(
            api.json("POST", "/api/v1/cameras", second).expect(400).json().get("detail").asText())
        .contains("rule 'wanted'", "plates are not read here");
    api.get("/api/v1/cameras/second").expect(404);
  }

  @Test
  void healthNamesTheRoleThatIsNotUp() throws Exception {
    api.get("/healthz").expect(200);
    Path evidence = folder.resolve("data/evidence");
    Path away = folder.resolve("away");
    Files.move(evidence, away);
    try {
      assertThat(api.get("/healthz").expect(503).json().get("detail").asText())
          .contains("streaming");
    } finally {
      Files.move(away, evidence);
    }
  }

  @Test
  void whatThisNodeDoesNotServeIsSaidSo() throws Exception {
    String whep = "/api/v1/cameras/path/whep";
    api.send("POST", whep, "v=0", "Content-Type", "application/sdp").expect(501);
    api.send("PATCH", whep + "/none", "a", "Content-Type", "application/trickle-ice-sdpfrag")
        .expect(501);
    api.delete(whep + "/none").expect(501);
    assertThat(api.get("/api/v1/map/tiles/0/0/0").expect(200).body()).containsExactly(1, 2, 3);
  }

  @Test
  void aRecordedPictureIsShown() throws Exception {
    String spans = "/api/v1/cameras/path/recordings?from=%s&to=%s";
    String picture = "/api/v1/cameras/path/recording.jpg?at=";
    int status = 404;
    while (status == 404) {
      Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
      JsonNode first =
          api.get(spans.formatted(now.minusSeconds(600), now)).expect(200).json().at("/spans/0");
      status = first.isMissingNode() ? 404 : api.get(picture + first.get("from").asText()).status();
      LockSupport.parkNanos(50_000_000);
    }
    assertThat(status).isEqualTo(200);
  }

  @Test
  void whatCannotBeReadNowIsAskedForAgain() throws Exception {
    api.json("POST", "/api/v1/cameras", "{\"id\": \"dark\", \"url\": \"rtsp://127.0.0.1:1/\"}")
        .expect(201);
    Files.writeString(folder.resolve("data/observations/dark"), "no folder");
    String trial =
        "{\"rule\": {\"id\": \"r\", \"type\": \"crowding\", \"zone\": \"all\", \"people\": 2},"
            + " \"scene\": {\"zones\": [{\"id\": \"all\","
            + " \"polygon\": [[0, 0], [1, 0], [1, 1]]}]}}";
    assertThat(
            api.json("POST", "/api/v1/cameras/dark/trial", trial).expect(503).header("Retry-After"))
        .isEqualTo("10");
    api.delete("/api/v1/cameras/dark").expect(204);
  }

  @Test
  void twoAddressesAreTestedAtATime() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      String test = "{\"address\": \"rtsp://127.0.0.1:%d/\"}".formatted(silent.getLocalPort());
      List<FutureTask<Api.Answer>> tests = new ArrayList<>();
      List<Socket> asked = new ArrayList<>();
      for (int i = 0; i < 2; i++) {
        FutureTask<Api.Answer> one =
            new FutureTask<>(() -> api.json("POST", "/api/v1/camera-tests", test));
        tests.add(one);
        new Thread(one, "test of an address").start();
        asked.add(silent.accept());
      }
      api.json("POST", "/api/v1/camera-tests", test).expect(503);
      for (Socket one : asked) {
        one.close();
      }
      for (FutureTask<Api.Answer> one : tests) {
        one.get().expect(200);
      }
    }
  }

  @Test
  void aFolderThatIsInUseIsLeftToItsUser() {
    org.assertj.core.api.Assertions.assertThatThrownBy(
            () -> Node.start(KydaiConfig.DEFAULT, folder.resolve("data"), line -> {}))
        .isInstanceOf(io.kydai.console.node.StartException.class)
        .hasMessageContaining("data folder");
  }

  @Test
  void aPortThatIsTakenIsNamed() {
    KydaiConfig taken =
        new KydaiConfig(
            KydaiConfig.DEFAULT.cameras(),
            KydaiConfig.DEFAULT.webhooks(),
            KydaiConfig.DEFAULT.storage(),
            new HttpConfig("127.0.0.1", node.address().getPort(), null),
            KydaiConfig.DEFAULT.detector());

    org.assertj.core.api.Assertions.assertThatThrownBy(
            () -> Node.start(taken, folder.resolve("other"), line -> {}))
        .isInstanceOf(io.kydai.console.node.StartException.class)
        .hasMessageContaining(String.valueOf(node.address().getPort()));
  }
}
