package io.kydai.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The real process is killed, and leaves nothing that grows with the number of times. */
@Tag("sqlite")
class CrashLeftoversTest {
  @TempDir Path folder;

  @Test
  @Timeout(value = 240, unit = TimeUnit.SECONDS)
  void aSecondCrashLeavesNoMoreThanTheFirst() throws Exception {
    Path data = folder.resolve("data");
    Path temporary = Files.createDirectory(folder.resolve("tmp"));

    startAndKill(data, temporary);
    List<String> kept = files(data.resolve("libraries"));
    List<String> cached = files(data.resolve("tmp"));
    assertThat(files(temporary)).as("what the first crash left").isEmpty();
    assertThat(kept)
        .anyMatch(
            file -> file.matches("onnxruntime-[\\d.]+/" + System.mapLibraryName("onnxruntime")))
        .anyMatch(file -> file.matches("sqlite-[\\d.]+/" + System.mapLibraryName("sqlitejdbc")));

    startAndKill(data, temporary);
    assertThat(files(temporary)).as("what the second crash left").isEmpty();
    assertThat(files(data.resolve("libraries"))).isEqualTo(kept);
    assertThat(files(data.resolve("tmp"))).hasSizeLessThanOrEqualTo(cached.size());
  }

  private void startAndKill(Path data, Path temporary) throws Exception {
    Path config = Files.writeString(folder.resolve("kydai.yaml"), "cameras: []\n");
    try (KydaiProcess kydai =
        KydaiProcess.start(
            data,
            List.of("-Djava.io.tmpdir=" + temporary, "-XX:-UsePerfData"),
            "--config",
            config.toString())) {
      kydai.kill();
    }
  }

  private static List<String> files(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.skip(1).map(file -> folder.relativize(file).toString()).sorted().toList();
    }
  }
}
