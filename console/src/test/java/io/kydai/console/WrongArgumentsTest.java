package io.kydai.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** What the process says to a command line that it does not understand. */
class WrongArgumentsTest {
  private final StringWriter said = new StringWriter();

  private int execute(String line) {
    CommandLine command = Kydai.commandLine();
    command.setErr(new PrintWriter(said, true));
    return command.execute(line.split(" "));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "rtsp://eye:s3cret@10.0.0.4/live",
        "--camra rtsp://eye:s3cret@10.0.0.4/live",
        "--camra=rtsp://eye:s3cret@10.0.0.4/live",
        "--port rtsp://eye:s3cret@10.0.0.4/live",
        "--port=eye:s3cret@10.0.0.4",
        "--camera=rtsp://eye:s3cret@10.0.0.4/live rtsp://eye:s3cret@10.0.0.4/live/second",
        "--data /srv --data /srv rtsp://eye:s3cret@10.0.0.4/live",
        "analyze --nothing rtsp://eye:s3cret@10.0.0.4/live",
        "analyze --nothing=rtsp://eye:s3cret@10.0.0.4/live clip.mp4 another.mp4"
      })
  void aPasswordIsNotRepeated(String line) {
    assertThat(execute(line)).isEqualTo(2);
    assertThat(said.toString()).isNotBlank().doesNotContain("s3cret");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '~',
      value = {
        "--camra x, --camra",
        "--port many, 'many' is not an int",
        "--camera, '--camera' (URL)",
        "rtsp://eye:s3cret@10.0.0.4/live, rtsp:…"
      })
  void whatIsWrongIsNamed(String line, String named) {
    assertThat(execute(line)).isEqualTo(2);
    assertThat(said.toString()).contains(named);
  }

  @Test
  void anArgumentIsNoFileOfArguments(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("arguments"), "rtsp://eye:s3cret@10.0.0.4/live");
    assertThat(execute("@" + file)).isEqualTo(2);
    assertThat(said.toString()).contains("@").doesNotContain("s3cret");
  }

  @Test
  void anOptionThatIsNearlyRightIsSuggested() {
    execute("--camra x");
    assertThat(said.toString()).contains("Did you mean --camera?");
  }
}
