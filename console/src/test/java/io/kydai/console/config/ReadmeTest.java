package io.kydai.console.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.kydai.analytics.Analytics;
import io.kydai.console.config.camera.CameraConfig;
import io.kydai.console.config.camera.Purpose;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What people copy out of the documentation works. */
class ReadmeTest {
  private static final Pattern YAML = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);
  private static final Map<String, String> ENVIRONMENT =
      Map.of(
          "BRIDGE_PASSWORD", "pass@word",
          "HOOK_SECRET", "sixteen characters or more",
          "GATE_PASSWORD", "pass@word",
          "DESK_SECRET", "sixteen characters or more");

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"README.md", "docs/configuration.md"})
  void theFirstExampleIsAConfigurationWithRulesAndWebhooks(String document) throws IOException {
    Matcher example = YAML.matcher(Files.readString(Path.of("..").resolve(document)));
    assertThat(example.find()).isTrue();
    Path file = Files.writeString(folder.resolve("kydai.yaml"), example.group(1));

    KydaiConfig config = ConfigFile.read(file, Purpose.SERVER, ENVIRONMENT::get);

    assertThat(config.webhooks()).isNotEmpty();
    assertThat(config.cameras()).isNotEmpty();
    for (CameraConfig camera : config.cameras()) {
      assertThat(camera.rules()).isNotEmpty();
      assertThat(camera.source().orElseThrow().credentials().orElseThrow().password())
          .isEqualTo("pass@word");
      Analytics.validate(camera.analysis());
    }
  }
}
