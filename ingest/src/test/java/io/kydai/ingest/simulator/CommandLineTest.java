package io.kydai.ingest.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import org.junit.jupiter.params.provider.ValueSource;

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
        "--port 0 a=FILE --login | --login lacks its value",
        "--port --tls a=FILE | a number up to 65535, not --tls",
        "--port=0 a=FILE | what is --port=0? See --help",
        "--port 0 -- a=FILE | what is --? See --help",
        "--por 0 a=FILE | what is --por? See --help",
        "-p 0 a=FILE | what is -p? See --help",
        "--port 0 @FILE | what is @",
        "--metadata=false a=FILE | what is --metadata=false? See --help",
      })
  void what_is_wrong_is_named(String line, String message) {
    List<String> arguments = List.of(line.replace("FILE", file.toString()).split(" "));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CommandLine.start(arguments).close())
        .withMessageContaining(message);
  }

  /** Options that were mistaken or left out make a password stand where none is expected. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "--login eye:s3cret --bogus a=FILE",
        "--login=eye:s3cret a=FILE",
        "--logn eye:s3cret a=FILE",
        "eye:s3cret a=FILE",
        "--port eye:s3cret a=FILE",
        "--login eye:s3cret a=FILE --port",
        "--login eye:s3cret --port x a=FILE",
        "--login eye:s3cret a=FILE.none",
        "--login eye:s3cret a=FILE a=FILE",
        "--login eye:s3cret a=FILE --fault a=explode",
        "--login s3cret a=FILE",
      })
  void no_error_repeats_a_password(String line) {
    List<String> arguments = List.of(line.replace("FILE", file.toString()).split(" "));
    assertThatThrownBy(() -> CommandLine.start(arguments).close())
        .satisfies(
            thrown -> {
              for (Throwable one = thrown; one != null; one = one.getCause()) {
                assertThat(one).message().doesNotContain("s3cret");
              }
            });
  }

  @Test
  void options_hold_for_the_cameras_behind_them_and_later_ones_replace_them() throws IOException {
    List<String> arguments =
        List.of(
            ("--port 7 --port 0 --login eye:s3cret --sound tone a=FILE"
                    + " --login - --metadata b=FILE --sound - c=FILE --fault a=mute --fault a=stall")
                .replace("FILE", file.toString())
                .split(" "));
    try (CameraSimulator simulator = CommandLine.start(arguments)) {
      assertThat(described(simulator, "a")).contains("401");
      assertThat(described(simulator, "b")).contains("200 OK", "m=audio", "vnd.onvif.metadata");
      assertThat(described(simulator, "c"))
          .contains("200 OK", "vnd.onvif.metadata")
          .doesNotContain("m=audio");
    }
  }

  private static String described(CameraSimulator simulator, String name) throws IOException {
    try (RawClient client = new RawClient(simulator.address(name))) {
      return client.request("DESCRIBE", "");
    }
  }
}
