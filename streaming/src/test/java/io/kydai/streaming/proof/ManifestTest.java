package io.kydai.streaming.proof;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ManifestTest {
  private static byte[] listing(String name) {
    return ("{\"number\": 1, \"files\": [{\"name\": \"" + name + "\"}]}").getBytes(US_ASCII);
  }

  @Test
  void aFileBesideItIsListed() throws IOException {
    assertThat(Manifest.read(listing("clip.mp4")).files().get(0).name()).isEqualTo("clip.mp4");
  }

  /** Whoever signs with a key of his own must not have files elsewhere read. */
  @ParameterizedTest
  @ValueSource(strings = {"../clip.mp4", "/etc/passwd", "a/b.mp4", "..", "", "clip\\u0000.mp4"})
  void aFileElsewhereMakesItNoManifest(String name) {
    assertThatThrownBy(() -> Manifest.read(listing(name))).isInstanceOf(IOException.class);
  }
}
