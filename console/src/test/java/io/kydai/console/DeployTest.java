package io.kydai.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The service of {@code deploy/systemd}, as systemd reads it. */
class DeployTest {
  private static final Path UNIT = Path.of("../deploy/systemd/kydai.service");
  private static final Path START = Path.of("../scripts/run");
  private static final Pattern EXPOSURE = Pattern.compile("exposure level for \\S+: ([0-9.]+)");

  @TempDir Path folder;

  private record Outcome(int code, String text) {}

  private Outcome analyze(String... arguments) throws Exception {
    String unit =
        Files.readString(UNIT).replace("/opt/kydai/scripts/run", START.toRealPath().toString());
    Path file = Files.writeString(folder.resolve("kydai.service"), unit);
    List<String> command = new java.util.ArrayList<>(List.of("systemd-analyze"));
    command.addAll(List.of(arguments));
    command.add(file.toString());
    Process process;
    try {
      process = new ProcessBuilder(command).redirectErrorStream(true).start();
    } catch (IOException e) {
      assumeTrue(false, "systemd-analyze is not installed");
      throw e;
    }
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Outcome(process.waitFor(), text);
  }

  @Test
  void systemdFindsNothingWrong() throws Exception {
    Outcome outcome = analyze("verify");
    assertThat(outcome.text().lines().filter(line -> line.contains("kydai.service"))).isEmpty();
    assertThat(outcome.code()).as(outcome.text()).isZero();
  }

  @Test
  void littleIsExposed() throws Exception {
    Outcome outcome = analyze("security", "--offline=true", "--no-pager");
    Matcher exposure = EXPOSURE.matcher(outcome.text());
    assumeTrue(exposure.find(), "this systemd-analyze does not look at files");
    assertThat(Double.parseDouble(exposure.group(1))).isLessThanOrEqualTo(2);
  }
}
