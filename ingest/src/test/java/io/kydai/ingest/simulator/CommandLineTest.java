package io.kydai.ingest.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(90)
class CommandLineTest {
  @TempDir static Path folder;
  private Path file;

  @BeforeEach
  void write() throws IOException {
    file = folder.resolve("clip.h264");
    Files.write(file, HandMadeClip.ofPairs(2));
  }

  @Test
  void options_concern_the_cameras_that_follow() throws IOException {
    try (CameraSimulator simulator =
        CommandLine.start(
            List.of(
                "--port",
                "0",
                "--tls",
                "0",
                "open=" + file,
                "--login",
                "eye:s3cret",
                "--auth",
                "any",
                "--copies",
                "2",
                "--sound",
                "tone",
                "--metadata",
                "--own-port",
                "hall=" + file + "," + file + "@12.5",
                "--fault",
                "*=wrong-cseq",
                "--fault",
                "hall-2=vanish:after=10,for=1s+change:after=3"))) {
      assertThat(simulator.addresses()).hasSize(6);
      try (RawClient client = new RawClient(simulator.address("open"))) {
        assertThat(client.request("DESCRIBE", ""))
            .contains("200 OK", "CSeq: 4711", "a=framerate:25.0")
            .doesNotContain("m=audio");
      }
      try (RawClient client = new RawClient(simulator.address("hall-2"))) {
        assertThat(client.request("DESCRIBE", "")).contains("401", "SHA-256", "MD5", "Basic");
        assertThat(client.request("DESCRIBE", "", "Authorization: Basic ZXllOnMzY3JldA=="))
            .contains("200 OK", "CSeq: 2", "m=audio", "vnd.onvif.metadata", "a=framerate:12.5");
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--port 0 | there is no camera",
        "--port x a=FILE | a number up to 65535, not x",
        "--port 0 a=FILE --bogus | what is --bogus? See --help",
        "--port 0 --login eye a=FILE | USER:PASSWORD",
        "--port 0 --key k a=FILE | go together",
        "--port 0 a=FILE a=FILE | a camera a already",
        "--port 0 a=FILE --fault b=stall | no simulated camera b",
        "--port 0 a=FILE --fault a=explode | no fault \"explode\"",
        "--port 0 --packets cubes a=FILE | fragments, aggregates or single",
        "--port 0 --clock soon a=FILE | --clock is no time",
        "--port | --port lacks its value",
      })
  void what_is_wrong_is_named(String line, String message) {
    List<String> arguments = List.of(line.replace("FILE", file.toString()).split(" "));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CommandLine.start(arguments).close())
        .withMessageContaining(message);
  }
}
