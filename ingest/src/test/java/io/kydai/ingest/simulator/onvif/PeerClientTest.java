package io.kydai.ingest.simulator.onvif;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The simulated camera, asked by an ONVIF client that we did not write: {@code onvif} from npm. */
@Timeout(120)
class PeerClientTest {
  private static final String PACKAGE = "onvif@0.8.3";

  private static final String SCRIPT =
      """
      const { Cam } = require('onvif');
      const [port, user, password] = process.argv.slice(2);
      const options = { hostname: '127.0.0.1', port: Number(port), timeout: 10000 };
      if (user) Object.assign(options, { username: user, password });
      new Cam(options, function (error) {
        if (error) throw error;
        for (const { $, name } of this.profiles) console.log('profile', $.token, name);
        this.getStreamUri({ protocol: 'RTSP', profileToken: 'main' }, (problem, stream) => {
          if (problem) throw problem;
          console.log('stream', stream.uri);
          this.getPresets({ profileToken: 'main' }, (fault, presets) => {
            if (fault) throw fault;
            console.log('presets', JSON.stringify(presets));
            this.continuousMove({ x: 0.5, y: 0, zoom: 0, profileToken: 'main' }, (no) => {
              if (no) throw no;
              console.log('moved');
            });
          });
        });
      });
      """;

  @TempDir static Path folder;

  private static String run(String... command) throws IOException, InterruptedException {
    Path log = Files.createTempFile(folder, "out", ".log");
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    try {
      boolean ended = process.waitFor(50, TimeUnit.SECONDS);
      return (ended ? process.exitValue() + "\n" : "too late\n") + Files.readString(log, UTF_8);
    } finally {
      process.destroyForcibly();
    }
  }

  private static void assumeTheClient() throws Exception {
    assumeTrue(
        Files.isExecutable(Path.of("/usr/bin/npm")) && Files.isExecutable(Path.of("/usr/bin/node")),
        "Debian packages nodejs and npm are not installed");
    if (!Files.exists(folder.resolve("node_modules/onvif"))) {
      String installed =
          run("/usr/bin/npm", "install", "--no-audit", "--no-fund", "--ignore-scripts", PACKAGE);
      assumeTrue(installed.startsWith("0\n"), "npm package " + PACKAGE + " cannot be had");
      Files.writeString(folder.resolve("ask.js"), SCRIPT);
    }
  }

  @ParameterizedTest
  @EnumSource(value = XmlStyle.class, names = "UNDECLARED", mode = EnumSource.Mode.EXCLUDE)
  void aClientOfOthersUnderstandsIt(XmlStyle style) throws Exception {
    assumeTheClient();
    for (String user : List.of("", "admin")) {
      OnvifSimulator.Builder builder =
          OnvifSimulator.builder()
              .style(style)
              .ptz()
              .profile(
                  new SimulatedProfile(
                      "main",
                      "Main",
                      "H264",
                      1920,
                      1080,
                      25,
                      URI.create("rtsp://127.0.0.1:554/main?a=1&b=2")));
      if (!user.isEmpty()) {
        builder.usernameToken(user, "s3cret");
      }
      try (OnvifSimulator camera = builder.start()) {
        List<String> command =
            new ArrayList<>(List.of("/usr/bin/node", "ask.js", "" + camera.address().getPort()));
        if (!user.isEmpty()) {
          command.addAll(List.of(user, "s3cret"));
        }

        String said = run(command.toArray(String[]::new));

        assertThat(said)
            .startsWith("0\n")
            .contains("profile main Main")
            .contains("stream rtsp://127.0.0.1:554/main?a=1&b=2")
            .contains("presets {\"Gate\":{\"$\":{\"token\":1},\"name\":\"Gate\"}}")
            .contains("moved");
        assertThat(camera.done()).hasSize(1);
      }
    }
  }
}
