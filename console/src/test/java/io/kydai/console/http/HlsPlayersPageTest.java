package io.kydai.console.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import io.kydai.console.http.hls.LiveRules;
import io.kydai.console.http.hls.ReadPlaylist;
import io.kydai.console.node.Node;
import io.kydai.ingest.simulator.CameraSimulator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Live pictures and recordings by HLS, of a whole node with a simulated camera over RTSP, as
 * players of others play them: hls.js and shaka-player in Chromium, {@code m3u8-parser}, {@code
 * mp4box}, ffprobe. And the rules, on the playlists that the running node gives.
 */
@Tag("browser")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(300)
class HlsPlayersPageTest {
  private static final String[] PACKAGES = {
    "hls.js@1.7.4", "shaka-player@5.2.12", "m3u8-parser@7.2.0"
  };

  private static final String LIVE = "/api/v1/cameras/north/hls/";

  private static final String PLAYER =
      """
      <!doctype html><title>player</title>
      <video muted playsinline width=640></video>
      <script>
      const video = document.querySelector('video');
      const problems = [];
      let player;
      function withHls(address, live) {
        player = new Hls({
          lowLatencyMode: live,
          // Without it, hls.js stays where its beginning or a stall left it.
          maxLiveSyncPlaybackRate: live ? 1.5 : 1,
        });
        player.on(Hls.Events.ERROR, (event, data) => {
          if (data.fatal) problems.push(data.type + ' ' + data.details);
        });
        player.loadSource(address);
        player.attachMedia(video);
        return video.play();
      }
      async function withShaka(address, live) {
        player = new shaka.Player();
        player.addEventListener('error', (event) => problems.push('shaka ' + event.detail.code));
        await player.attach(video);
        player.configure({ streaming: { lowLatencyMode: live } });
        try {
          await player.load(address);
        } catch (error) {
          problems.push('shaka ' + error.code + ' ' + JSON.stringify(error.data));
          return undefined;
        }
        return video.play();
      }
      function playingAt() {
        const date = player.playingDate ?? player.getPlayheadTimeAsDate();
        return (Date.now() - date.getTime()) / 1000;
      }
      </script>
      """;

  @TempDir static Path folder;

  private CameraSimulator simulator;
  private Node node;
  private Api api;
  private String cookie;

  @BeforeAll
  void start() throws Exception {
    simulator = StartedNode.simulator("north");
    node =
        StartedNode.start(
            folder,
            "cameras:\n  - {id: north, name: North, url: \"%s\", recording: continuous}\n"
                .formatted(simulator.address("north")));
    cookie = LoggedIn.firstAdministrator(node);
    api = new Api(node.address(), LoggedIn.tokenOf(node.address(), cookie));
  }

  @AfterAll
  void stop() {
    if (node != null) {
      node.close();
    }
    if (simulator != null) {
      simulator.close();
    }
  }

  private static String run(String... command) throws IOException, InterruptedException {
    return NpmPackages.run(folder, command);
  }

  private static void assumePlayers() throws Exception {
    NpmPackages.assume(folder, PACKAGES);
  }

  private String text(String path) throws Exception {
    return new String(api.get(path).expect(200).body(), UTF_8);
  }

  /** A page of the console's origin that has a player and nothing else. */
  private Page player(Chromium chromium, String script) {
    Page page = chromium.page("en-US");
    LoggedIn.into(page, node.address(), cookie);
    page.route(
        "**/player-of-others.html",
        route ->
            route.fulfill(new Route.FulfillOptions().setContentType("text/html").setBody(PLAYER)));
    page.navigate(node.address() + "player-of-others.html");
    page.addScriptTag(
        new Page.AddScriptTagOptions().setPath(folder.resolve("node_modules").resolve(script)));
    return page;
  }

  private static double number(Page page, String expression) {
    return ((Number) page.evaluate(expression)).doubleValue();
  }

  private static void awaitPlayed(Page page, double seconds) {
    page.evaluate("window.begun = video.currentTime");
    page.waitForCondition(
        () -> {
          assertThat(page.evaluate("problems.join()")).isEqualTo("");
          return number(page, "video.currentTime - window.begun") >= seconds;
        });
  }

  private void playsLive(String script, String start, String name) throws Exception {
    assumePlayers();
    try (Chromium chromium = Chromium.start()) {
      Page page = player(chromium, script);
      page.evaluate("%s('%sindex.m3u8', true)".formatted(start, LIVE));
      page.waitForCondition(() -> number(page, "video.currentTime") > 0);
      awaitPlayed(page, 10);
      // As scripts/bench prints: for who reads it, not for a test to judge a busy machine by.
      System.out.printf(
          "%s plays %.2f s behind the camera's clock; %.2f s are buffered%n",
          name,
          number(page, "playingAt()"),
          number(page, "video.buffered.end(video.buffered.length - 1) - video.currentTime"));
      Chromium.screenshot(page, "hls-" + name);
      assertThat(number(page, "video.videoWidth")).isPositive();
      assertThat(chromium.addresses)
          .anyMatch(address -> address.matches(".*/hls/media/\\d+-part\\d+\\.mp4.*"))
          .anyMatch(address -> address.contains("_HLS_msn="))
          .noneMatch(address -> address.contains(cookie.split("=", 2)[1]));
      assertThat(chromium.complaints).isEmpty();
    }
  }

  @Test
  void hlsJsPlaysLiveByParts() throws Exception {
    playsLive("hls.js/dist/hls.js", "withHls", "hls-js");
  }

  @Test
  void shakaPlayerPlaysLiveByParts() throws Exception {
    playsLive("shaka-player/dist/shaka-player.compiled.debug.js", "withShaka", "shaka-player");
  }

  private String recording() throws Exception {
    for (; ; ) {
      Instant now = Instant.now();
      var spans =
          api.get(
                  "/api/v1/cameras/north/recordings?from=%s&to=%s"
                      .formatted(now.minusSeconds(3600), now.plusSeconds(60)))
              .expect(200)
              .json()
              .get("spans");
      if (spans.size() > 0) {
        Instant from = Instant.parse(spans.get(0).get("from").asText());
        Instant to = Instant.parse(spans.get(0).get("to").asText());
        if (to.isAfter(from.plusSeconds(12))) {
          return "/api/v1/cameras/north/recording.m3u8?from=%s&to=%s"
              .formatted(basic(from), basic(from.plusSeconds(10)));
        }
      }
      LockSupport.parkNanos(200_000_000);
    }
  }

  /** Without colons, as shaka-player takes what stands before one for a scheme. */
  private static String basic(Instant time) {
    return time.toString().replace("-", "").replace(":", "");
  }

  private void playsRange(String script, String start) throws Exception {
    assumePlayers();
    String recording = recording();
    try (Chromium chromium = Chromium.start()) {
      Page page = player(chromium, script);
      page.evaluate("%s('%s', false)".formatted(start, recording));
      page.waitForCondition(
          () -> {
            assertThat(page.evaluate("problems.join()")).isEqualTo("");
            return Boolean.TRUE.equals(page.evaluate("video.ended"));
          });
      assertThat(number(page, "video.duration")).isBetween(9.0, 14.0);
      assertThat(number(page, "video.currentTime")).isGreaterThan(9);
      assertThat(chromium.complaints).isEmpty();
    }
  }

  @Test
  void hlsJsPlaysARangeToItsEnd() throws Exception {
    playsRange("hls.js/dist/hls.js", "withHls");
  }

  @Test
  void shakaPlayerPlaysARangeToItsEnd() throws Exception {
    playsRange("shaka-player/dist/shaka-player.compiled.debug.js", "withShaka");
  }

  @Test
  void aParserOfOthersWarnsOfNothing() throws Exception {
    assumePlayers();
    Files.writeString(folder.resolve("index.m3u8"), text(LIVE + "index.m3u8"));
    ReadPlaylist first = ReadPlaylist.of(text(LIVE + "live.m3u8"), wrong -> {});
    String later = text(LIVE + "live.m3u8?_HLS_msn=" + (first.first() + 4));
    Files.writeString(folder.resolve("live.m3u8"), later);
    Files.writeString(folder.resolve("range.m3u8"), text(recording()));
    Files.writeString(
        folder.resolve("parse.js"),
        """
        const { Parser } = require('m3u8-parser');
        const { readFileSync } = require('fs');
        for (const name of process.argv.slice(2)) {
          const parser = new Parser();
          parser.on('warn', (event) => console.log('WARN', name, event.message));
          parser.push(readFileSync(name, 'utf8'));
          parser.end();
          const { segments, playlists, partInf, serverControl, preloadSegment } = parser.manifest;
          console.log(name, segments.length, playlists?.length ?? 0, partInf?.partTarget ?? '',
            serverControl?.['PART-HOLD-BACK'] ?? serverControl?.partHoldBack ?? '',
            preloadSegment?.preloadHints?.length ?? 0,
            segments.reduce((sum, one) => sum + (one.parts?.length ?? 0), 0));
        }
        """);
    String said = run("/usr/bin/node", "parse.js", "index.m3u8", "live.m3u8", "range.m3u8");
    assertThat(said).startsWith("0\n").doesNotContain("WARN");
    assertThat(said).containsPattern("index.m3u8 0 1 ");
    assertThat(said).containsPattern("live.m3u8 [1-9]\\d* 0 0\\.2\\d* 0\\.6\\d* 1 [1-9]\\d*");
    assertThat(said).containsPattern("range.m3u8 [2-9] 0 ");
  }

  @Test
  void mp4boxReadsARecordingAndWarnsOfNothing() throws Exception {
    NpmPackages.assume(folder, "mp4box@2.4.1");
    String recording = recording().replace(".m3u8", ".mp4");
    Files.write(folder.resolve("recording.mp4"), api.get(recording).expect(200).body());
    Files.writeString(
        folder.resolve("read.mjs"),
        """
        import { createFile, Log, MP4BoxBuffer } from 'mp4box';
        import { readFileSync } from 'node:fs';
        Log.setLogLevel(Log.warn);
        const file = createFile();
        file.onError = (module, message) => console.log('ERROR', module, message);
        const bytes = Uint8Array.from(readFileSync('recording.mp4'));
        file.appendBuffer(MP4BoxBuffer.fromArrayBuffer(bytes.buffer, 0));
        file.flush();
        const { tracks, isFragmented } = file.getInfo();
        for (const { id, codec, timescale } of tracks) {
          const samples = file.getTrackSamplesInfo(id);
          const inOrder = samples.every((one, i) => i === 0 || one.dts > samples[i - 1].dts);
          console.log(isFragmented, codec, timescale, samples.length,
            samples.filter((one) => one.is_sync).length, samples[0].is_sync, inOrder);
        }
        """);
    assertThat(run("/usr/bin/node", "read.mjs"))
        .matches("0\ntrue avc1\\.\\p{XDigit}{6} 90000 [1-9]\\d+ [1-9]\\d* true true\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"live", "range"})
  void ffmpegReadsPictures(String what) throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/ffmpeg")), "needs Debian package ffmpeg");
    String path = what.equals("live") ? LIVE + "index.m3u8" : recording();
    text(LIVE + "index.m3u8");
    String said =
        run(
            "/usr/bin/ffmpeg",
            "-v",
            "error",
            "-headers",
            "Cookie: " + cookie + "\r\n",
            "-i",
            node.address().resolve(path).toString(),
            "-frames:v",
            "30",
            "-f",
            "framemd5",
            "-");
    assertThat(said).startsWith("0\n");
    List<String> pictures = said.lines().filter(line -> line.matches("0,.*[0-9a-f]{32}")).toList();
    assertThat(pictures).hasSize(30);
    assertThat(pictures.stream().map(line -> line.substring(line.length() - 32)).distinct().count())
        .isGreaterThan(20);
  }

  @Test
  void thePlaylistsOfARunningNodeKeepToTheRules() throws Exception {
    LiveRules rules = new LiveRules(List.of());
    String variants = text(LIVE + "index.m3u8");
    assertThat(variants)
        .containsPattern(
            "#EXT-X-STREAM-INF:BANDWIDTH=\\d+,CODECS=\"avc1\\.\\w{6}\",RESOLUTION=\\d+x\\d+\n"
                + "live.m3u8\n");
    ReadPlaylist now = rules.check(text(LIVE + "live.m3u8"));
    for (int i = 0; i < 40; i++) {
      ReadPlaylist.Segment end = now.segments().get(now.segments().size() - 1);
      String hint = now.hints().get(0);
      boolean open = end.address().isEmpty();
      long sequence = open ? end.sequence() : end.sequence() + 1;
      int part = open ? end.parts().size() : 0;
      Api.Answer hinted = api.get(LIVE + hint).expect(200);
      assertThat(hinted.header("Cache-Control")).contains("private", "immutable");
      Api.Answer next =
          api.get(
                  LIVE
                      + "live.m3u8?_HLS_msn=%d&_HLS_part=%d%s"
                          .formatted(sequence, part, i % 2 == 0 ? "&_HLS_skip=YES" : ""))
              .expect(200);
      assertThat(next.header("Cache-Control")).isEqualTo("no-store");
      now = rules.check(new String(next.body(), UTF_8));
      assertThat(rules.broken()).isEmpty();
      assertThat(new String(next.body(), UTF_8)).contains('"' + hint + '"');
    }
    long last = now.segments().get(now.segments().size() - 1).sequence();
    api.get(LIVE + "live.m3u8?_HLS_part=0").expect(400);
    api.get(LIVE + "live.m3u8?_HLS_msn=" + (last + 4)).expect(400);
    api.get(LIVE + "live.m3u8?_HLS_msn=" + last + "&_HLS_part=99").expect(400);
    api.get(LIVE + "media/1-part0.mp4").expect(404);
  }
}
