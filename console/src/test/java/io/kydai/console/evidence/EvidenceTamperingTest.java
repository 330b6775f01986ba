package io.kydai.console.evidence;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kydai.analytics.alert.AlertId;
import io.kydai.streaming.proof.Check;
import io.kydai.streaming.proof.EvidenceCheck;
import io.kydai.streaming.proof.Fault;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What somebody changes in a folder of evidence is named, by us and by another's reader. */
@Tag("sqlite")
class EvidenceTamperingTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int FLIPS = 300;
  private static final int FLIPS_READ_IN_PYTHON = 12;

  @TempDir Path data;
  private final Random random = new Random(20261129);
  private SealedEvidence evidence;

  @BeforeEach
  void open() throws IOException {
    evidence = new SealedEvidence(data);
    evidence.complete("a1");
    evidence.complete("a2");
    evidence.add("a1", "plate-7.jpg", 900);
    evidence.settle();
    evidence.complete("a3");
    evidence.chain.recordDeletion(AlertId.of("a2"), "it was too old");
    evidence.folder.delete(AlertId.of("a2"));
    evidence.complete("a4");
  }

  @AfterEach
  void close() {
    evidence.close();
  }

  private Check check() throws IOException {
    return EvidenceCheck.run(evidence.root, null, null);
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> all = Files.walk(evidence.root)) {
      return all.filter(Files::isRegularFile).sorted().toList();
    }
  }

  private String name(Path file) {
    return evidence.root.relativize(file).toString();
  }

  /** The files that a reader names, with the ranges in them. */
  private TreeSet<String> inPython() throws Exception {
    Path reader = data.resolve("reader.py");
    try (var in = getClass().getResourceAsStream("evidence_reader.py")) {
      Files.copy(in, reader, StandardCopyOption.REPLACE_EXISTING);
    }
    Process process =
        new ProcessBuilder("python3", reader.toString(), evidence.root.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String out = new String(process.getInputStream().readAllBytes(), UTF_8);
    int code = process.waitFor();
    TreeSet<String> named = new TreeSet<>();
    for (JsonNode fault : JSON.readTree(out)) {
      StringBuilder line = new StringBuilder(fault.get("file").asText());
      fault
          .get("ranges")
          .forEach(
              range ->
                  line.append(' ')
                      .append(range.get("first"))
                      .append('-')
                      .append(range.get("last")));
      named.add(line.toString());
    }
    assertThat(code).isEqualTo(named.isEmpty() ? 0 : 1);
    return named;
  }

  private static TreeSet<String> named(Check check) {
    TreeSet<String> named = new TreeSet<>();
    for (Fault fault : check.faults()) {
      StringBuilder line = new StringBuilder(fault.file());
      fault
          .ranges()
          .forEach(
              range -> line.append(' ').append(range.first()).append('-').append(range.last()));
      named.add(line.toString());
    }
    return named;
  }

  @Test
  void untouchedEvidenceIsWholeForBothReaders() throws Exception {
    assertThat(check().faults()).isEmpty();
    assertThat(check().alerts()).isEqualTo(3);
    assertThat(check().files()).isEqualTo(10);
    assertThat(inPython()).isEmpty();
  }

  @Test
  void anyFlippedByteOfAnyFileIsNamed() throws Exception {
    List<Path> files = files();
    for (int i = 0; i < FLIPS; i++) {
      Path file = files.get(i % files.size());
      byte[] whole = Files.readAllBytes(file);
      byte[] changed = whole.clone();
      int position = random.nextInt(changed.length);
      changed[position] ^= (byte) (1 << random.nextInt(8));
      Files.write(file, changed);
      Check check = check();
      String where = name(file) + " at " + position + ": " + check.faults();
      boolean document = file.toString().matches(".*(manifest(-\\d+)?|/\\d+)\\.(json|sig)");
      String stem = name(file).replaceFirst("\\.(json|sig)$", "");
      assertThat(check.faults())
          .as(where)
          .anySatisfy(
              fault ->
                  assertThat(fault.file())
                      .matches(
                          named ->
                              document
                                  ? named.matches("\\Q" + stem + "\\E\\.(json|sig)")
                                  : named.equals(name(file))));
      if (!document && !file.toString().endsWith(".pem")) {
        assertThat(check.faults()).as(where).hasSize(1);
        assertThat(check.faults().get(0).ranges())
            .as(where)
            .singleElement()
            .satisfies(
                range -> {
                  assertThat(range.first()).isLessThanOrEqualTo(position);
                  assertThat(range.last()).isGreaterThanOrEqualTo(position);
                  assertThat(range.last() - range.first()).isLessThan(256 * 1024);
                });
      }
      if (i % (FLIPS / FLIPS_READ_IN_PYTHON) == 0) {
        assertThat(inPython()).as(where).isEqualTo(named(check));
      }
      Files.write(file, whole);
    }
    assertThat(check().faults()).isEmpty();
  }

  @Test
  void anyFileThatIsGoneIsNamed() throws Exception {
    String head = evidence.chain.head().orElseThrow();
    for (Path file : files()) {
      byte[] whole = Files.readAllBytes(file);
      Files.delete(file);
      if (file.endsWith("public-key.pem")) {
        assertThat(run(evidence.root.toString()).code()).isEqualTo(2);
      } else {
        Check check = EvidenceCheck.run(evidence.root, null, head);
        assertThat(check.faults())
            .as("%s: %s", name(file), check.faults())
            .anyMatch(
                fault ->
                    fault.file().equals(name(file))
                        || fault.file().equals(name(file).replace(".json", ".sig"))
                        || fault.problem().startsWith("number"));
      }
      Files.write(file, whole);
    }
    assertThat(check().faults()).isEmpty();
  }

  @Test
  void aDroppedAlertIsAMissingLinkForBothReaders() throws Exception {
    evidence.folder.delete(AlertId.of("a3"));
    Check check = check();
    assertThat(check.faults())
        .extracting(Fault::problem)
        .singleElement()
        .asString()
        .startsWith("number 4 of the chain missing between ");
    assertThat(inPython()).isEqualTo(named(check));
  }

  @Test
  void theNewestAlertIsMissedByItsNotedHead() throws Exception {
    String head = evidence.chain.head().orElseThrow();
    evidence.folder.delete(AlertId.of("a4"));
    assertThat(check().faults()).isEmpty();
    assertThat(run(evidence.root.toString(), "--head", head).code()).isEqualTo(1);
  }

  @Test
  void manifestsThatChangedPlacesAreNamedByBothReaders() throws Exception {
    for (String ending : List.of(".json", ".sig")) {
      Path one = evidence.path("a3", "manifest" + ending);
      Path other = evidence.path("a4", "manifest" + ending);
      byte[] kept = Files.readAllBytes(one);
      Files.write(one, Files.readAllBytes(other));
      Files.write(other, kept);
    }
    Check check = check();
    assertThat(check.faults())
        .extracting(Fault::file)
        .contains(
            name(evidence.path("a3", "manifest.json")), name(evidence.path("a4", "manifest.json")));
    assertThat(inPython()).isEqualTo(named(check));
  }

  @Test
  void aFileThatNobodySignedAndAnAlertWithoutManifestAreNamedByBothReaders() throws Exception {
    Files.writeString(evidence.path("a1", "other.jpg"), "a picture");
    evidence.file("a5", "snapshot.jpg", 100);
    Check check = check();
    assertThat(named(check))
        .containsExactly(
            name(evidence.path("a1", "other.jpg")), name(evidence.path("a5", "manifest.json")));
    assertThat(inPython()).isEqualTo(named(check));
  }

  private record Ended(int code, String out, String error) {}

  private static Ended run(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter error = new StringWriter();
    CommandLine command =
        VerifyEvidenceCommand.commandLine()
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(error, true));
    return new Ended(command.execute(arguments), out.toString(), error.toString());
  }

  @Test
  void theCommandNamesTheFaultsInWordsAndJsonAndByItsExitCode() throws Exception {
    assertThat(run(evidence.root.toString()))
        .satisfies(ended -> assertThat(ended.code()).isZero())
        .satisfies(ended -> assertThat(ended.out()).startsWith("The evidence is whole: 3 alerts"));
    Path clip = evidence.path("a1", "clip.mp4");
    byte[] bytes = Files.readAllBytes(clip);
    bytes[300_000] ^= 1;
    Files.write(clip, bytes);
    Ended ended = run(clip.getParent().toString());
    assertThat(ended.code()).isEqualTo(1);
    assertThat(ended.out()).startsWith("clip.mp4: is not what it was; bytes 262144-524287");
    JsonNode json = JSON.readTree(run(evidence.root.toString(), "--json").out());
    assertThat(json.get("whole").asBoolean()).isFalse();
    assertThat(json.at("/faults/0/file").asText()).isEqualTo(name(clip));
    assertThat(json.at("/faults/0/ranges/0/first").asLong()).isEqualTo(262_144);

    assertThat(run(data.resolve("nothing").toString()).code()).isEqualTo(2);
    assertThat(run(evidence.root.toString(), "--head", "x").code()).isEqualTo(2);
    assertThat(run(evidence.root.toString(), "--key", clip.toString()).code()).isEqualTo(2);
    assertThat(run().code()).isEqualTo(2);
  }
}
