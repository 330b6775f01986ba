package io.kydai.console.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.kydai.console.audit.Actor;
import io.kydai.console.audit.RequestOrigin;
import io.kydai.console.cameras.CameraRegistry;
import io.kydai.console.config.ConfigFile;
import io.kydai.console.config.KydaiConfig;
import io.kydai.console.config.camera.CameraConfig;
import io.kydai.console.config.tree.Secret;
import io.kydai.console.http.Api;
import io.kydai.console.http.LoggedIn;
import io.kydai.console.secrets.TestSecrets;
import io.kydai.console.store.Database;
import io.kydai.console.store.TestDatabase;
import io.kydai.ingest.source.CameraId;
import java.net.DatagramSocket;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeStartTest {
  @TempDir Path folder;
  private KydaiConfig config;

  @BeforeEach
  void configure() throws Exception {
    config =
        ConfigFile.read(
            Files.writeString(
                folder.resolve("kydai.yaml"),
                "cameras: []\nhttp: {host: 127.0.0.1, port: 0}\n"
                    + TestDatabase.yaml(folder.resolve("data/kydai.db"))));
  }

  @Test
  void anInterruptDuringTheStartClosesWhatIsOpenAndEndsTheStart() throws Exception {
    AtomicReference<Node> starting = new AtomicReference<>();
    Path data = folder.resolve("data");

    assertThatThrownBy(
            () -> Node.start(config, data, line -> starting.get().close(), starting::set))
        .isInstanceOf(StartException.class)
        .hasMessageContaining("while it was starting");

    // Its lock was given back: without that, this folder would be another node's.
    DataDirectory.open(data).close();
  }

  @Test
  void aPortOfZeroIsBoundOnceAndTheAddressIsTheBoundOne() throws Exception {
    try (Node node = Node.start(config, folder.resolve("data"), line -> {})) {
      assertThat(node.address().getPort()).isPositive();
      HttpURLConnection health =
          (HttpURLConnection) node.address().resolve("/healthz").toURL().openConnection();
      assertThat(health.getResponseCode()).isLessThan(500);
      health.disconnect();
    }
  }

  /** Whichever half of the port of WebRTC another program has, the wall has other ways. */
  @Test
  void aPortOfWebRtcThatIsTakenIsSaidAndTheNodeStarts() throws Exception {
    try (ServerSocket tcp = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Node node = Node.start(withWebRtc(tcp.getLocalPort()), folder.resolve("a"), line -> {})) {
      assertThat(notes(LoggedIn.api(node)))
          .containsPattern("UDP alone: TCP .*:" + tcp.getLocalPort() + ".* webrtc.port ");
    }
    try (DatagramSocket udp = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        Node node = Node.start(withWebRtc(udp.getLocalPort()), folder.resolve("b"), line -> {})) {
      Api api = LoggedIn.api(node);
      assertThat(notes(api))
          .containsPattern("not served: UDP .*:" + udp.getLocalPort() + ".* webrtc.port ");
      Api.Answer refused =
          api.send("POST", "/api/v1/cameras/gate/whep", "v=0", "Content-Type", "application/sdp")
              .expect(503);
      assertThat(refused.json().get("detail").asText()).isEqualTo(notes(api));
    }
  }

  /** The only note of a node whose roles may not be up yet. */
  private static String notes(Api api) throws Exception {
    JsonNode notes = api.get("/healthz").json().get("notes");
    assertThat(notes).hasSize(1);
    return notes.get(0).asText();
  }

  private KydaiConfig withWebRtc(int port) throws Exception {
    return ConfigFile.read(
        Files.writeString(
            folder.resolve("webrtc.yaml"),
            "cameras: [{id: gate, url: 'rtsp://127.0.0.1:1/'}]\n"
                + "http: {host: 127.0.0.1, port: 0}\nwebrtc: {port: "
                + port
                + "}\n"
                + TestDatabase.yaml(folder.resolve(port + "/kydai.db"))));
  }

  @Test
  void aKeyOfSecretsThatDoesNotFitEndsTheStartWithItsName() throws Exception {
    Path data = Files.createDirectories(folder.resolve("data"));
    try (Database database = TestDatabase.open(data.resolve("kydai.db"))) {
      new CameraRegistry(database, TestSecrets.cipher(), List.of(), Clock.systemUTC())
          .add(
              CameraConfig.of(new CameraId("gate"), Secret.of("rtsp://192.0.2.1/1")),
              Actor.SYSTEM,
              RequestOrigin.NONE);
    }
    Path key = data.resolve("secrets.key");
    assertThatThrownBy(() -> Node.start(config, data, line -> {}))
        .isInstanceOf(StartException.class)
        .hasMessageContainingAll("The node cannot start", "is missing", key.toString());
    Files.writeString(key, "AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n");
    assertThatThrownBy(() -> Node.start(config, data, line -> {}))
        .isInstanceOf(StartException.class)
        .hasMessageContainingAll("not the one of this database", key.toString());
  }
}
