package io.kydai.console.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kydai.console.config.tree.Secret;
import io.kydai.models.document.ConfigException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class AddressFlagTest {
  @TempDir Path folder;

  private Secret read(String text) {
    return AddressFlag.read(
        "--camera", text, Map.of("PASSWORD", "p@ss", "URL", "rtsp://a:b@h/x")::get, folder);
  }

  @Test
  void aVariableInItIsEncodedAndAWholeOneIsNot() {
    assertThat(read("rtsp://u:${PASSWORD}@h/x").value()).isEqualTo("rtsp://u:p%40ss@h/x");
    assertThat(read("${URL}").value()).isEqualTo("rtsp://a:b@h/x");
    assertThat(read("rtsp://h/x").value()).isEqualTo("rtsp://h/x");
  }

  @Test
  void aFileHoldsTheWholeAddress() throws Exception {
    Files.writeString(folder.resolve("address"), "rtsp://u:p@h/x\n");

    assertThat(read("file:address").value()).isEqualTo("rtsp://u:p@h/x");
  }

  @Test
  void whatIsNotThereIsNamedWithTheFlag() {
    assertThatThrownBy(() -> read("${NO_SUCH}"))
        .isInstanceOf(ConfigException.class)
        .hasMessage("--camera: the environment has no variable NO_SUCH");
  }

  @Test
  @Timeout(value = 30, unit = TimeUnit.SECONDS)
  void aPipeThatNobodyWritesToIsRefusedAndNotWaitedFor() throws Exception {
    Path pipe = folder.resolve("pipe");
    Assumptions.assumeTrue(
        new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor() == 0, "there is no mkfifo");

    assertThatThrownBy(() -> read("file:pipe")).hasMessageContaining("not a regular file");
  }
}
