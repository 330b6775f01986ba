package io.kydai.console.config;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.kydai.console.config.camera.Purpose;
import io.kydai.models.document.ConfigException;
import io.kydai.models.document.ConfigProblem;
import io.kydai.models.document.KeyTable;
import io.kydai.models.document.MalformedException;
import io.kydai.models.document.Problems;
import io.kydai.models.document.Value;
import io.kydai.models.document.YamlTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Documentation and schema are what the keys declare. With {@code -Dkydai.write-docs=true} this
 * writes both anew.
 */
class ConfigDocumentTest {
  private static final Path DOCS = Path.of("../docs");
  private static final Path PAGE = DOCS.resolve("configuration.md");
  private static final Path SCHEMA = DOCS.resolve("configuration.schema.json");
  private static final boolean WRITE = Boolean.getBoolean("kydai.write-docs");
  private static final Pattern TABLE =
      Pattern.compile("<!-- keys: ([a-z -]+) -->\n(.*?)<!-- end of keys -->", Pattern.DOTALL);
  private static final Pattern RULES =
      Pattern.compile("<!-- rule types -->\n.*?<!-- end of rule types -->", Pattern.DOTALL);
  private static final Pattern YAML = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  @TempDir Path folder;

  @Test
  void everyTableIsWhatItsKeysDeclare() throws IOException {
    String page = Files.readString(PAGE);
    String declared =
        TABLE
            .matcher(page)
            .replaceAll(
                found ->
                    Matcher.quoteReplacement(
                        "<!-- keys: %s -->\n%s<!-- end of keys -->"
                            .formatted(
                                found.group(1),
                                KeyTable.of(ConfigDocument.sections().get(found.group(1))))));
    if (WRITE) {
      Files.writeString(PAGE, declared);
      page = declared;
    }
    assertThat(page).isEqualTo(declared);
    assertThat(TABLE.matcher(page).results().map(found -> found.group(1)))
        .containsExactlyInAnyOrderElementsOf(ConfigDocument.sections().keySet());
  }

  @Test
  void theTableOfRulesIsWhatTheTypesDeclare() throws IOException {
    String page = Files.readString(PAGE);
    String table = "<!-- rule types -->\n" + RuleTable.markdown() + "<!-- end of rule types -->";
    String declared = RULES.matcher(page).replaceAll(Matcher.quoteReplacement(table));
    if (WRITE) {
      Files.writeString(PAGE, declared);
    }
    assertThat(Files.readString(PAGE)).isEqualTo(declared).contains(table);
  }

  @Test
  void theSchemaIsWhatTheKeysDeclare() throws IOException {
    String declared = JSON.writeValueAsString(ConfigDocument.schema()) + "\n";
    if (WRITE) {
      Files.writeString(SCHEMA, declared);
    }
    assertThat(Files.readString(SCHEMA)).isEqualTo(declared);
  }

  static Stream<String> examples() throws IOException {
    List<String> examples = new ArrayList<>();
    // The rule of extending.md does not exist; another test compiles that page.
    try (Stream<Path> pages = Files.list(DOCS)) {
      for (Path page :
          Stream.concat(Stream.of(Path.of("../README.md")), pages.sorted())
              .filter(page -> page.toString().endsWith(".md"))
              .filter(page -> !page.endsWith("extending.md"))
              .toList()) {
        YAML.matcher(Files.readString(page))
            .results()
            .forEach(found -> examples.add(found.group(1)));
      }
    }
    examples.add(Files.readString(Path.of("src/main/resources/io/kydai/console/demo/kydai.yaml")));
    return examples.stream().filter(example -> !example.contains("head:"));
  }

  @ParameterizedTest
  @MethodSource("examples")
  void everyExampleFitsTheSchema(String example) throws Exception {
    JsonNode node = JSON.valueToTree(plain(example));
    if (node.isArray()) {
      node = JSON.createObjectNode().set("cameras", node);
    }
    JsonNode schema = JSON.readTree(Files.readString(SCHEMA));
    assertThat(
            JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                .getSchema(schema)
                .validate(node))
        .isEmpty();
  }

  @Test
  void theSchemaRefusesWhatTheReaderRefuses() throws Exception {
    JsonNode schema = JSON.readTree(Files.readString(SCHEMA));
    for (String wrong :
        List.of(
            "http: {prot: 1}",
            "http: {port: 70000}",
            "cameras: [{id: gate}]",
            "detector: {setting: best}",
            "storage: {pre-roll: soon}",
            "cameras: [{id: a, url: 'rtsp://c/1', place: {lat: 91, lon: 1}}]",
            "cameras: [{id: a, url: 'rtsp://c/1', rules: [{id: r, type: crowd}]}]",
            "cameras: [{id: a, url: 'rtsp://c/1', rules: [{id: r, type: line-count}]}]",
            "cameras: [{id: a, url: 'rtsp://c/1', rules: [{id: r, type: tamper, foo: 1}]}]",
            "cameras: [{id: a, url: 'rtsp://c/1', rules: [{id: r, type: tamper, min-score: 2}]}]",
            "cameras: [{id: a, url: 'rtsp://c/1', analysis: {priority: urgent}}]")) {
      assertThat(
              JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                  .getSchema(schema)
                  .validate(JSON.valueToTree(plain(wrong))))
          .as(wrong)
          .isNotEmpty();
    }
  }

  private static Object plain(String yaml) throws MalformedException {
    Problems problems = new Problems();
    return Value.root(YamlTree.parse(yaml).orElseThrow(), problems).plain().orElseThrow();
  }

  /** To rename a key or to change a default is a decision, which shows here. */
  @Test
  void everyKeyAndEveryDefaultIsPinned() {
    assertThat(
            ConfigDocument.sections().entrySet().stream()
                .map(
                    section ->
                        section.getKey()
                            + ": "
                            + section.getValue().keys().stream()
                                .map(key -> key.name() + "=" + key.shownDefault())
                                .collect(joining("; ")))
                .collect(joining("\n")))
        .isEqualTo(
            """
            file: cameras=none; webhooks=none; storage=the defaults of its keys; http=the defaults of its keys; rtsp=off; webrtc=off; detector=the defaults of its keys; plates=off; statistics=the defaults of its keys; map=no tiles; audit=the defaults of its keys; log=the defaults of its keys; people=the defaults of its keys; site=the defaults of its keys; privacy=nothing; verifier=off
            camera: id=needed; name=the id; url=needed by a server; may be omitted for `scripts/analyze`; transport=auto; tls=authorities of the Java platform; second-url=none; second-role=main; onvif=none; place=none; groups=none; purpose=none; recording=off; recording-streams=that in `url`; recording-times=none; recording-pre-roll=10s; recording-post-roll=30s; recording-audio=false; retention-days=30; retention-sub-days=`retention-days`; retention-thin-days=`storage.recordings-thin-days`; retention-archive-days=`storage.recordings-archive-days`; scene=empty; privacy=nothing; rules=`signal-lost` and `tamper`; analysis=of normal priority
            place: lat=none; lon=none; address=none; bearing=none; view-angle=60, where `bearing` is given; range=50, where `bearing` is given
            tls: fingerprint=none; ca-file=none; authorities=none
            analysis: priority=normal; idle-fps=the node's
            scene: lines=none; zones=none; calibration=none
            line: id=needed; from=needed; to=needed
            zone: id=needed; polygon=needed; use=area; direction=none
            camera privacy: masks=none; blur=nothing
            mask: id=needed; polygon=needed
            calibration: points=none; lane=none
            calibration point: image=needed; metres=none; wgs84=none
            calibration lane: left=needed; right=needed; width=needed; length=needed; aspect=1.7778
            webhook: url=needed; secret=needed; types=all
            storage: directory=`--data`, which is `./data`; database=the file `kydai.db` in the folder; secrets-key=`secrets.key` in the folder; pre-roll=5s; post-roll=5s; recordings-folders=`recordings` in the folder; recordings-archive=none; recordings-archive-days=7; recordings-thin-days=0: never; recordings-most-gib=no limit but the disk's; recordings-least-free-gib=10; cases-most-gib=50; cases-keep-days=30; time-stamps=none; time-stamp-every=1h; camera-roots=none
            http: host=127.0.0.1; port=8080; public-url=made of host and port; tls=none: HTTP; behind-proxy=none
            http tls: certificate=needed; key=needed
            rtsp: host=127.0.0.1; port=none: off; tls-port=none: off; udp-port=0; plain-from=none
            webrtc: port=none: no WebRTC; host=that of `http`; addresses=the bound address, or those of the machine; overflow=none: they are refused
            detector: setting=default; quality for `scripts/analyze`; network=none; input=the network's own; device=cpu; precision=auto; min-score=0.1; workers=half of the processors, at least 1; 1 for `scripts/analyze`; threads=1; the processors, at most 4, for `scripts/analyze`; decode-threads=half of the processors, at least 1; max-fps=10; min-fps=1; idle-fps=1
            plates: enabled=true; country=vn; min-confidence=0.8; watch-list=empty
            watch-list: plate=needed; label=needed
            statistics: keep=400d; keep-minutes=35d
            map: tiles=none: cameras and areas on a plain ground; attribution=none
            audit: keep=730d
            log: format=`KYDAI_LOG_FORMAT` in the environment, or `text`
            people: second-factor=none; oidc=none
            oidc: issuer=needed; client-id=needed; client-secret=needed; groups-claim=groups; groups=needed
            group: name=needed; role=needed; cameras=none; groups=none; areas=none; agency=none
            site: time-zone=the machine's
            privacy: blur=nothing; transcodes=4
            verifier: url=needed; model=needed; api-key=none; language=vi; types=all; prompts=the usual question; per-minute=30; timeout=20s; max-picture-kib=2048; rank=false
            prompt: type=needed; text=needed\
            """);
  }

  @Test
  void tenMistakesOfAFileAreToldAtOnceInItsOrder() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("kydai.yaml"),
            """
            cameras:
            - id: Gate
              url: http://cam/1
              retention_days: 7
              place: {lat: 91, lon: 0}
            - id: b
              url: rtsp://cam/2
              transport: upd
              scene:
                lines: [{id: v, from: [0.5, 1.5], to: [0.5, 0]}]
              rules: [{type: signal-lost}]
              analysis: {priority: urgent}
            storage: {pre-roll: 2h}
            http: {prot: 1}
            """);
    ConfigException wrong =
        catchThrowableOfType(
            ConfigException.class,
            () -> ConfigFile.read(file, Purpose.SERVER, Map.<String, String>of()::get));
    assertThat(wrong.problems())
        .extracting(ConfigProblem::toString)
        .containsExactly(
            "line 2: cameras[0].id: a camera id has 1 to 63 of a-z, 0-9, '-' and '_', and starts"
                + " with a letter or digit",
            "line 3: cameras[0].url: an address such as rtsp://host:554/path is needed",
            "line 4: cameras[0].retention_days: there is no such key; did you mean"
                + " 'retention-days'?",
            "line 5: cameras[0].place.lat: 91 is not in -90 to 90",
            "line 8: cameras[1].transport: one of auto, tcp, udp, http is expected",
            "line 10: cameras[1].scene.lines[0].from[1]: 1.5 is not in 0 to 1",
            "line 11: cameras[1].rules[0].id: missing: a name that is unique here is expected",
            "line 12: cameras[1].analysis.priority: low, normal, high or a number is expected",
            "line 13: storage.pre-roll: longer than the allowed 60s",
            "line 14: http.prot: there is no such key; did you mean 'port'?");
    assertThat(wrong.getMessage().lines()).hasSize(10);
  }

  @Test
  void everyMistakeOfARuleIsToldAtOnceByWhatItsTypeDeclares() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("kydai.yaml"),
            """
            cameras:
            - id: a
              url: rtsp://cam/1
              scene: {zones: [{id: square, polygon: [[0, 0], [1, 0], [1, 1]]}]}
              rules:
              - id: r
                type: crowding
                zone: sqare
                people: 0
                for: soon
                min-score: 2
                min-agee: 1s
              - {id: l, type: line-count}
            """);
    assertThat(
            catchThrowableOfType(
                    ConfigException.class,
                    () -> ConfigFile.read(file, Purpose.SERVER, Map.<String, String>of()::get))
                .problems())
        .extracting(ConfigProblem::toString)
        .satisfiesExactly(
            zone ->
                assertThat(zone)
                    .isEqualTo(
                        "line 8: cameras[0].rules[0].zone: there is no zone 'sqare' in the scene;"
                            + " did you mean 'square'?"),
            people ->
                assertThat(people)
                    .isEqualTo("line 9: cameras[0].rules[0].people: 0 is not in 1 to 1000"),
            lasting ->
                assertThat(lasting).startsWith("line 10: cameras[0].rules[0].for: a duration"),
            score ->
                assertThat(score)
                    .isEqualTo("line 11: cameras[0].rules[0].min-score: 2 is not in 0 to 1"),
            age ->
                assertThat(age)
                    .isEqualTo(
                        "line 12: cameras[0].rules[0].min-agee: there is no such key; did you mean"
                            + " 'min-age'?"),
            line -> assertThat(line).startsWith("line 13: cameras[0].rules[1].line: missing: "));
  }

  @Test
  void aKeyThatIsWrongHidesNoMistakeBesideIt() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("kydai.yaml"),
            """
            cameras:
            - {id: a, url: 'rtsp://cam/1', purpose: ''}
            - {id: a, url: 'rtsp://cam/1'}
            - {id: c, url: 'rtsp://cam/1', rules: [{id: w, type: plate-watch}]}
            detector: {max-fps: 90, min-fps: 70}
            """);
    assertThat(
            catchThrowableOfType(
                    ConfigException.class,
                    () -> ConfigFile.read(file, Purpose.SERVER, Map.<String, String>of()::get))
                .problems())
        .extracting(ConfigProblem::key)
        .containsExactly(
            "plates",
            "cameras[0].purpose",
            "cameras[1].id",
            "detector.max-fps",
            "detector.min-fps");
  }

  @Test
  void theContractOfTheApiHasTheKeysOfACamera() throws IOException {
    JsonNode contract =
        JSON.readTree(
            Files.readString(Path.of("src/main/resources/io/kydai/console/http/api/openapi.json")));
    ObjectNode properties =
        (ObjectNode) contract.at("/components/schemas/CameraProperties/properties");
    List<String> names = new ArrayList<>();
    properties.fieldNames().forEachRemaining(names::add);
    assertThat(names)
        .containsAll(
            ConfigDocument.sections().get("camera").keys().stream()
                .map(key -> key.name())
                .toList());
  }
}
