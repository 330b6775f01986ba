package io.kydai.console.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.kydai.console.config.ConfigFile;
import io.kydai.console.store.TestDatabase;
import io.kydai.ingest.simulator.CameraSimulator;
import io.kydai.ingest.simulator.SimulatedCamera;
import io.kydai.ingest.simulator.media.Clip;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The metrics of a running node are those that {@code docs/metrics.md} lists and that {@code
 * deploy/} asks for. With {@code -Dkydai.write-docs=true} this writes the page anew.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MetricsCatalogueTest {
  private static final Path PAGE = Path.of("../docs/metrics.md");
  private static final Path RULES = Path.of("../deploy/prometheus/kydai.rules.yml");
  private static final Path RULES_TEST = Path.of("../deploy/prometheus/kydai.rules.test.yml");
  private static final Path DASHBOARD = Path.of("../deploy/grafana/kydai.json");
  private static final String BEGIN = "<!-- metrics -->\n";
  private static final String END = "<!-- end of metrics -->";
  private static final Pattern SAMPLE =
      Pattern.compile("([a-z_][a-z0-9_]*)(?:\\{(.*)})? (\\S+)", Pattern.CASE_INSENSITIVE);
  private static final Pattern LABEL = Pattern.compile("([a-z_]+)=\"((?:[^\"\\\\]|\\\\.)*)\"");
  private static final Pattern OURS =
      Pattern.compile("\\b(?:kydai|jvm|process|system|disk)_[a-z_]+\\b");

  @TempDir static Path folder;
  private CameraSimulator simulator;
  private Node node;
  private String scraped;

  @BeforeAll
  @Timeout(120)
  void scrape() throws Exception {
    try (InputStream in =
        Node.class.getResourceAsStream("/io/kydai/console/demo/campus-path.h264")) {
      simulator =
          CameraSimulator.builder().camera(new SimulatedCamera("path", Clip.load(in), 10)).start();
    }
    node =
        Node.start(
            ConfigFile.read(
                Files.writeString(
                    folder.resolve("kydai.yaml"),
                    """
                    cameras: [{id: path, url: '%s'}]
                    http: {port: 0, tls: self-signed}
                    rtsp: {port: 0}
                    webrtc: {port: 0}
                    plates: {enabled: true}
                    verifier: {url: 'http://127.0.0.1:9/v1', model: none}
                    webhooks:
                    - {url: 'http://127.0.0.1:9/', secret: whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw}
                    """
                            .formatted(simulator.address("path"))
                        + TestDatabase.yaml(folder.resolve("data/kydai.db")))),
            folder.resolve("data"),
            line -> {});
    do {
      Thread.onSpinWait();
      scraped = node.metrics();
    } while (!scraped.contains("kydai_ingest_state{camera=\"path\",state=\"live\"} 1"));
  }

  @AfterAll
  void stop() {
    node.close();
    simulator.close();
  }

  /** A metric as Prometheus shows it. */
  private static final class Family {
    private String help = "";
    private String type = "";
    private final Set<String> labels = new TreeSet<>();
  }

  private Map<String, Family> families() {
    Map<String, Family> families = new TreeMap<>();
    String last = "";
    for (String line : scraped.split("\n")) {
      String[] words = line.split(" ", 4);
      if (line.startsWith("# HELP ") || line.startsWith("# TYPE ")) {
        last = words[2];
        Family family = families.computeIfAbsent(last, name -> new Family());
        if (words[1].equals("HELP")) {
          family.help = words.length > 3 ? words[3].strip() : "";
        } else {
          family.type = words[3];
        }
      } else if (!line.isBlank() && !line.startsWith("#")) {
        Matcher sample = SAMPLE.matcher(line);
        assertThat(sample.matches()).as(line).isTrue();
        if (sample.group(2) != null) {
          Family family = families.get(last);
          LABEL.matcher(sample.group(2)).results().forEach(at -> family.labels.add(at.group(1)));
        }
      }
    }
    return families;
  }

  @Test
  void thePageListsEveryMetricOfARunningNode() throws IOException {
    StringBuilder table =
        new StringBuilder("| metric | type | labels | what |\n|---|---|---|---|\n");
    families()
        .forEach(
            (name, family) ->
                table.append(
                    "| `%s` | %s | %s | %s |\n"
                        .formatted(
                            name,
                            family.type,
                            family.labels.stream()
                                .map(label -> "`" + label + "`")
                                .collect(Collectors.joining(", ")),
                            family.help.replace("|", "\\|"))));
    String page = Files.readString(PAGE);
    int from = page.indexOf(BEGIN) + BEGIN.length();
    String declared = page.substring(0, from) + table + page.substring(page.indexOf(END));
    if (Boolean.getBoolean("kydai.write-docs")) {
      Files.writeString(PAGE, declared);
      page = declared;
    }
    assertThat(page).isEqualTo(declared);
  }

  @Test
  void everyMetricOfOursHasADescription() {
    assertThat(families().entrySet())
        .filteredOn(one -> one.getKey().startsWith("kydai_"))
        .hasSizeGreaterThan(40)
        .allSatisfy(
            one -> assertThat(one.getValue().help).as(one.getKey()).matches(".*[a-zA-Z]{3}.*"));
  }

  @Test
  void rulesAndDashboardAskForMetricsThatThereAre() throws IOException {
    Set<String> samples =
        scraped
            .lines()
            .filter(line -> !line.startsWith("#") && !line.isBlank())
            .map(line -> line.split("[{ ]", 2)[0])
            .collect(Collectors.toSet());
    for (Path file : List.of(RULES, RULES_TEST, DASHBOARD)) {
      Set<String> asked =
          OURS.matcher(Files.readString(file))
              .results()
              .map(MatchResult::group)
              .collect(Collectors.toCollection(TreeSet::new));
      assertThat(asked).as(file.toString()).isNotEmpty().isSubsetOf(samples);
    }
  }

  @Test
  void promtoolApprovesOfTheMetricsAndTheRules() throws Exception {
    // Of ours only: libraries' names do not follow its advice.
    String ours =
        scraped
            .lines()
            .filter(line -> line.matches("(# [A-Z]+ )?kydai_.*"))
            .collect(Collectors.joining("\n", "", "\n"));
    Path metrics = Files.writeString(folder.resolve("metrics.txt"), ours);
    promtool(metrics, "check", "metrics");
    promtool(null, "check", "rules", RULES.toString());
    promtool(null, "test", "rules", RULES_TEST.toString());
  }

  /** The node as it was scraped, for an hour: nothing is wrong with it. */
  @Test
  void aHealthyNodeRaisesNoAlert() throws Exception {
    List<String> alerts = alerts();
    promtool(null, "test", "rules", unitTest(scraped, alerts, Set.of()).toString());
  }

  /** Each change of one scraped sample raises its alert, which shows that the rules see it. */
  @Test
  void aFaultOfTheScrapedNodeRaisesItsAlert() throws Exception {
    List<String> alerts = alerts();
    Map<String, String> faults =
        Map.of(
            "KydaiDatabaseFails", "kydai_console_database_failing",
            "KydaiReportsWait", "kydai_console_intake_waiting");
    for (Map.Entry<String, String> fault : faults.entrySet()) {
      String changed =
          scraped.replace("\n" + fault.getValue() + " 0", "\n" + fault.getValue() + " 1");
      assertThat(changed).as(fault.getKey()).isNotEqualTo(scraped);
      promtool(null, "test", "rules", unitTest(changed, alerts, Set.of(fault.getKey())).toString());
    }
  }

  private static List<String> alerts() throws IOException {
    return Pattern.compile("- alert: (\\w+)")
        .matcher(Files.readString(RULES))
        .results()
        .map(at -> at.group(1))
        .toList();
  }

  /** A test for promtool: the samples stay as they are for an hour; which alerts there are then. */
  private Path unitTest(String samples, List<String> alerts, Set<String> raised)
      throws IOException {
    StringBuilder test =
        new StringBuilder(
            "rule_files: ['%s']\nevaluation_interval: 1m\ntests:\n- interval: 1m\n  input_series:\n"
                .formatted(RULES.toAbsolutePath().normalize()));
    for (String line : samples.split("\n")) {
      if (!line.startsWith("#") && !line.isBlank()) {
        Matcher sample = SAMPLE.matcher(line);
        assertThat(sample.matches()).isTrue();
        String labels = sample.group(2) == null ? "" : sample.group(2).replace("'", "''") + ",";
        test.append(
            "  - {series: '%s{%sjob=\"kydai\",instance=\"a\"}', values: '%s+0x60'}\n"
                .formatted(sample.group(1), labels, value(sample.group(3))));
      }
    }
    test.append("  - {series: 'up{job=\"kydai\",instance=\"a\"}', values: '1+0x60'}\n");
    test.append("  promql_expr_test:\n");
    for (String alert : alerts) {
      test.append(
          "  - {expr: 'count(ALERTS{alertname=\"%s\",alertstate=\"firing\"}) or vector(0)', eval_time: 50m,"
                  .formatted(alert)
              + " exp_samples: [{labels: '{}', value: %d}]}\n"
                  .formatted(raised.contains(alert) ? 1 : 0));
    }
    return Files.writeString(folder.resolve("healthy.test.yml"), test);
  }

  /** promtool's notation has no exponent and no NaN in a sequence; a NaN is a gap there. */
  private static String value(String scraped) {
    double value = Double.parseDouble(scraped.replace("Inf", "Infinity"));
    return Double.isFinite(value) ? new java.math.BigDecimal(value).toPlainString() : "0";
  }

  private static void promtool(Path input, String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("promtool"));
    command.addAll(List.of(arguments));
    Process process;
    try {
      ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
      if (input != null) {
        builder.redirectInput(input.toFile());
      }
      process = builder.start();
    } catch (IOException e) {
      assumeTrue(false, "promtool is not installed (Debian: apt-get install prometheus)");
      throw e;
    }
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(said).isZero();
  }
}
