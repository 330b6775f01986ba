package io.kydai.console.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.kydai.console.audit.AuditLog;
import io.kydai.console.store.Database;
import io.kydai.console.users.Directory;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code scripts/admin} itself, as an administrator starts it, beside a database that a node has
 * open; only Maven's part of {@code scripts/launch} is played by a script that names the class path
 * of this test.
 */
@Tag("sqlite")
@Timeout(600)
class AdminScriptTest {
  private static final String PASSWORD = "nang xuan tren song";

  @TempDir Path folder;
  private Path checkout;

  /** How a command ended. */
  private record Outcome(int code, String out) {}

  @BeforeEach
  void copyTheScripts() throws IOException {
    checkout = Files.createDirectories(folder.resolve("checkout"));
    Files.createDirectories(checkout.resolve("scripts"));
    Files.createDirectories(checkout.resolve("console/src/main"));
    Files.createDirectories(checkout.resolve("console/target"));
    Files.writeString(checkout.resolve("pom.xml"), "");
    Files.writeString(checkout.resolve("console/pom.xml"), "");
    for (String script : List.of("launch", "admin")) {
      executable(
          checkout.resolve("scripts").resolve(script),
          Files.readString(Path.of("../scripts").resolve(script)));
    }
    String classPath =
        Arrays.stream(System.getProperty("java.class.path").split(":"))
            // A module's tests bring their own logging, to standard output; they are a folder, or a
            // jar.
            .filter(entry -> !entry.endsWith("test-classes") && !entry.endsWith("-tests.jar"))
            .map(entry -> Path.of(entry).toAbsolutePath().toString())
            .collect(Collectors.joining(":"));
    Path target = checkout.resolve("console/target/classpath.txt");
    Files.createDirectories(folder.resolve("bin"));
    executable(
        folder.resolve("bin/mvn"),
        "#!/bin/sh\ncat > '%s' <<'EOF'\n%s\nEOF\n".formatted(target, classPath));
  }

  private static void executable(Path file, String text) throws IOException {
    Files.writeString(file, text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
  }

  private ProcessBuilder command(String... words) {
    ProcessBuilder builder = new ProcessBuilder(words).redirectErrorStream(true);
    builder.environment().put("PATH", folder.resolve("bin") + ":" + System.getenv("PATH"));
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().put("KYDAI_JAVA_OPTIONS", "-XX:TieredStopAtLevel=1");
    builder.environment().remove("KYDAI_GPU");
    return builder;
  }

  private List<String> admin(String... words) {
    List<String> all = new ArrayList<>(List.of(checkout.resolve("scripts/admin").toString()));
    all.addAll(List.of(words));
    return all;
  }

  private Outcome run(String input, String... words) throws Exception {
    Process process = command(admin(words).toArray(String[]::new)).start();
    try (OutputStream in = process.getOutputStream()) {
      in.write(input.getBytes(StandardCharsets.UTF_8));
    }
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Outcome(process.waitFor(), out);
  }

  @Test
  void theScriptBuildsAndEndsWithTheCommandsExitCode() throws Exception {
    String data = folder.resolve("data").toString();
    try (Database node = Database.open(folder.resolve("data/kydai.db"))) {
      Outcome added =
          run(PASSWORD + "\n", "user", "add", "lan", "--role=administrator", "--data=" + data);
      assertThat(added.code()).as(added.out()).isZero();
      assertThat(added.out()).contains("Building Kydai").doesNotContain(PASSWORD);
      Directory directory =
          new Directory(node, new AuditLog(node, Clock.systemUTC()), Clock.systemUTC());
      assertThat(directory.accountNamed("lan")).isPresent();

      Process list =
          command(admin("user", "list", "--json", "--data=" + data).toArray(String[]::new))
              .redirectErrorStream(false)
              .redirectError(folder.resolve("log.txt").toFile()) // where warnings may stand
              .start();
      assertThat(new ObjectMapper().readTree(list.getInputStream()).get("accounts")).hasSize(1);
      assertThat(list.waitFor()).isZero();
      assertThat(run("", "user", "disable", "nobody", "--data=" + data).code()).isEqualTo(1);
      Outcome wrong = run("", "user", "burn", "lan", "--data=" + data);
      assertThat(wrong.code()).isEqualTo(2);
      assertThat(wrong.out()).contains("Usage:");
    }
  }

  @Test
  void aPasswordIsAskedForTwiceAtATerminalAndNotShown() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/script")), "needs Debian package bsdutils");
    String data = folder.resolve("data").toString();
    try (Database node = Database.open(folder.resolve("data/kydai.db"))) {
      Outcome different =
          typed(
              List.of(PASSWORD, "something else"),
              admin("user", "add", "lan", "--role=administrator", "--data=" + data));
      assertThat(different.code()).as(different.out()).isEqualTo(1);
      assertThat(different.out()).contains("The two passwords differ.");

      Outcome added =
          typed(
              List.of(PASSWORD, PASSWORD),
              admin("user", "add", "lan", "--role=administrator", "--data=" + data));
      assertThat(added.code()).as(added.out()).isZero();
      assertThat(added.out()).contains("Password: ", "Again: ").doesNotContain(PASSWORD);
      Directory directory =
          new Directory(node, new AuditLog(node, Clock.systemUTC()), Clock.systemUTC());
      assertThat(directory.accountNamed("lan")).isPresent();
    }
  }

  /** Runs a command at a pseudo-terminal, and types an answer at each prompt. */
  private Outcome typed(List<String> answers, List<String> words) throws Exception {
    Process process =
        command("script", "--quiet", "--return", "--command", String.join(" ", words), "/dev/null")
            .start();
    StringBuilder shown = new StringBuilder();
    InputStream in = process.getInputStream();
    List<String> prompts = List.of("Password: ", "Again: ");
    for (int i = 0; i < prompts.size(); i++) {
      while (shown.indexOf(prompts.get(i)) < 0) {
        int next = in.read();
        assertThat(next).as(shown.toString()).isNotNegative();
        shown.append((char) next);
      }
      process.getOutputStream().write((answers.get(i) + "\n").getBytes(StandardCharsets.UTF_8));
      process.getOutputStream().flush();
    }
    shown.append(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    return new Outcome(process.waitFor(), shown.toString());
  }
}
