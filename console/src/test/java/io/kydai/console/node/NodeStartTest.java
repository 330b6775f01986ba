package io.kydai.console.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kydai.console.audit.Actor;
import io.kydai.console.audit.RequestOrigin;
import io.kydai.console.cameras.CameraRegistry;
import io.kydai.console.config.ConfigFile;
import io.kydai.console.config.KydaiConfig;
import io.kydai.console.config.camera.CameraConfig;
import io.kydai.console.config.tree.Secret;
import io.kydai.console.secrets.TestSecrets;
import io.kydai.console.store.Database;
import io.kydai.console.store.TestDatabase;
import io.kydai.ingest.source.CameraId;
import java.net.HttpURLConnection;
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
