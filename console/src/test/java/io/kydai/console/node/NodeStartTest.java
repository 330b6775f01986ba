package io.kydai.console.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kydai.console.config.ConfigFile;
import io.kydai.console.config.KydaiConfig;
import io.kydai.console.store.TestDatabase;
import java.net.HttpURLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
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
}
