package io.kydai.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code scripts/launch} with a Maven and a JVM that only say that they were called. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class LaunchScriptTest {
  @TempDir Path folder;
  private Path tools;

  @BeforeEach
  void makeTools() throws IOException {
    tools = Files.createDirectories(folder.resolve("tools/bin"));
    executable(
        "mvn",
        """
        #!/bin/sh
        while [ "$1" != -f ]; do shift; done
        echo "$(dirname "$2")/a.jar" > "$(dirname "$2")/console/target/classpath.txt"
        """);
    executable(
        "java",
        """
        #!/bin/sh
        if [ "$1" = -version ]; then echo 'openjdk version "17.0.1"' >&2; else echo "$CLASSPATH"; fi
        """);
  }

  private void executable(String name, String content) throws IOException {
    Path file = Files.writeString(tools.resolve(name), content);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
  }

  private String launch(Path checkout) throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder("bash", checkout.resolve("scripts/launch").toString());
    builder.environment().put("PATH", tools + ":" + System.getenv("PATH"));
    builder.environment().put("JAVA_HOME", tools.getParent().toString());
    builder.environment().remove("KYDAI_GPU");
    Process process = builder.redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output;
  }

  private Path checkout(String name) throws IOException {
    Path checkout = Files.createDirectories(folder.resolve(name));
    Files.createDirectories(checkout.resolve("scripts"));
    Files.createDirectories(checkout.resolve("console/src/main"));
    Files.createDirectories(checkout.resolve("console/target"));
    Files.writeString(checkout.resolve("pom.xml"), "");
    Files.writeString(checkout.resolve("console/pom.xml"), "");
    Files.copy(Path.of("../scripts/launch"), checkout.resolve("scripts/launch"));
    return checkout;
  }

  @Test
  void aCopiedCheckoutRunsItsOwnClasses() throws Exception {
    Path original = checkout("original");
    assertThat(launch(original)).contains("Building Kydai").contains(original + "/a.jar");
    assertThat(launch(original)).doesNotContain("Building Kydai").contains(original + "/a.jar");

    Path copy = checkout("copy");
    for (String built : new String[] {"launch.stamp", "classpath.txt"}) {
      Files.copy(
          original.resolve("console/target").resolve(built),
          copy.resolve("console/target").resolve(built));
    }

    assertThat(launch(copy)).contains(copy + "/a.jar").doesNotContain(original + "/a.jar");
  }
}
