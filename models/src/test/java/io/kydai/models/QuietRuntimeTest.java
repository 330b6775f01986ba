package io.kydai.models;

import static org.assertj.core.api.Assertions.assertThat;

import io.kydai.models.detection.DetectorModel;
import io.kydai.models.detection.DetectorSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * ONNX Runtime 1.29 reports to its makers: where it is not told otherwise it keeps a device id in
 * the user's home, and works through the process's command line with regular expressions that
 * overflow the calling thread's stack when it is long, which kills the process. Hence an older one
 * (see the POM), and this test, so that nobody takes a newer one unawares.
 */
class QuietRuntimeTest {
  private static final String LOADED = "the detector is loaded";

  @TempDir private Path home;

  @Test
  void loadingADetectorLeavesNothingButItsLibrariesAndBearsALongCommandLine() throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-XX:TieredStopAtLevel=1");
    command.add("-Duser.home=" + home);
    command.add(Loading.class.getName());
    command.addAll(Collections.nCopies(200, "an-argument-of-some-eighty-characters-".repeat(2)));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    Path output = Files.createTempFile("kydai-quiet-runtime-", ".log");
    builder.redirectOutput(output.toFile());
    builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
    builder.environment().put("HOME", home.toString());
    builder.environment().put("XDG_CACHE_HOME", home.resolve("cache").toString());
    // Each of these would keep a reporting runtime quiet, and hide it here.
    List.of("ORT_DISABLE_TELEMETRY", "ORT_RUNNING_UNIT_TESTS", "CI", "GITHUB_ACTIONS", "TF_BUILD")
        .forEach(builder.environment()::remove);
    try {
      Process process = builder.start();
      try {
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("ended in time").isTrue();
        assertThat(Files.readString(output)).contains(LOADED);
        assertThat(process.exitValue()).isZero();
        // Its unpacked libraries are ours; a runtime that reports would leave an identifier beside.
        assertThat(filesBelow(home)).noneMatch(file -> !file.startsWith(home.resolve("cache")));
        assertThat(filesBelow(home.resolve("cache/kydai")))
            .allMatch(file -> Files.isDirectory(file) || file.toString().endsWith(".so"));
        assertThat(filesBelow(home.resolve("cache")))
            .allMatch(file -> file.startsWith(home.resolve("cache/kydai")));
      } finally {
        process.destroyForcibly();
      }
    } finally {
      Files.delete(output);
    }
  }

  private static List<Path> filesBelow(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> !file.equals(folder)).toList();
    }
  }

  /** The other process, on the thread that its launcher gives it. */
  static final class Loading {
    private Loading() {}

    public static void main(String[] args) {
      try (DetectorModel model = DetectorCatalogue.load(new DetectorSettings("light", 0.5f, 1))) {
        System.out.println(LOADED + ": " + model.name());
      }
    }
  }
}
