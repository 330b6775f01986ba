package io.kydai.console.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kydai.analytics.alert.AlertId;
import io.kydai.streaming.proof.Check;
import io.kydai.streaming.proof.EvidenceCheck;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvidenceManifestsTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path data;
  private SealedEvidence evidence;

  @BeforeEach
  void open() throws IOException {
    evidence = new SealedEvidence(data);
  }

  @AfterEach
  void close() {
    evidence.close();
  }

  private JsonNode read(String alert, String name) throws IOException {
    return JSON.readTree(evidence.path(alert, name).toFile());
  }

  private Check check() throws IOException {
    return EvidenceCheck.run(evidence.root, null, evidence.chain.head().orElse(null));
  }

  @Test
  void completeEvidenceHasAManifestThatSaysWhatWasAskedAndByWhichClock() throws Exception {
    evidence.open("a1");
    evidence.people = 50;
    evidence.settle();
    assertThat(evidence.path("a1", "manifest.json")).as("more is to come").doesNotExist();
    evidence.add("a1", "clip.mp4", 600_000);
    evidence.add("a1", "observations.json", 100);
    evidence.settle();

    JsonNode manifest = read("a1", "manifest.json");
    assertThat(manifest.get("number").asInt()).isEqualTo(1);
    assertThat(manifest.get("previous").asText()).isEqualTo("0".repeat(64));
    assertThat(manifest.get("occasion").asText()).isEqualTo("complete");
    assertThat(manifest.at("/alert/id").asText()).isEqualTo("a1");
    assertThat(manifest.at("/alert/camera").asText()).isEqualTo("gate");
    assertThat(manifest.at("/alert/startedAt").asText()).isEqualTo("2026-11-22T08:00:00Z");
    assertThat(manifest.at("/rule/parameters/people").asInt())
        .as("the rule as it was, not as it is now")
        .isEqualTo(5);
    assertThat(manifest.at("/clock/cameraMinusServerSeconds").asDouble()).isEqualTo(0.25);
    assertThat(manifest.get("files")).hasSize(3);
    assertThat(manifest.at("/files/1/name").asText()).isEqualTo("clip.mp4");
    assertThat(manifest.at("/files/1/blocks")).hasSize(3);
    assertThat(check().faults()).isEmpty();
  }

  @Test
  void whatComesLaterMakesAFurtherManifestAndLeavesTheFirstAlone() throws Exception {
    evidence.complete("a1");
    byte[] first = Files.readAllBytes(evidence.path("a1", "manifest.json"));
    evidence.complete("a2");
    evidence.add("a1", "plate-7.jpg", 900);
    evidence.settle();
    evidence.close("a1");
    evidence.settle();
    evidence.settle();

    assertThat(evidence.path("a1", "manifest.json")).hasBinaryContent(first);
    assertThat(read("a1", "manifest-2.json").get("number").asInt()).isEqualTo(3);
    assertThat(read("a1", "manifest-2.json").get("files")).hasSize(4);
    assertThat(read("a1", "manifest-3.json").at("/alert/endedAt").asText())
        .isEqualTo("2026-11-22T08:00:30Z");
    assertThat(evidence.path("a1", "manifest-4.json")).doesNotExist();
    assertThat(check().faults()).isEmpty();
  }

  @Test
  void anAlertWithoutAClipHasItsManifestAfterAWhile() throws Exception {
    evidence.open("a1");
    evidence.clock.advance(EvidenceManifests.PATIENCE);
    evidence.settle();
    assertThat(read("a1", "manifest.json").get("files")).hasSize(1);
  }

  @Test
  void whatACrashLeftOutIsThereAfterTheNextStartWhichSaysSo() throws Exception {
    evidence.complete("a1");
    evidence.open("a2");
    Files.delete(evidence.path("a1", "manifest.json"));
    evidence.close();
    evidence = new SealedEvidence(data);
    evidence.manifests.catchUp(List.of(AlertId.of("a1"), AlertId.of("a2")), evidence.reports);

    assertThat(evidence.path("a1", "manifest.json")).as("from the database").exists();
    // The orderly end of the first process has written the manifest of a2.
    assertThat(read("a2", "manifest.json").get("occasion").asText()).isEqualTo("complete");
    assertThat(check().faults()).isEmpty();
  }

  @Test
  void evidenceThatTheProcessBeforeDidNotSealIsSealedAsOfTheStart() throws Exception {
    evidence.open("a1");
    evidence.manifests.catchUp(List.of(AlertId.of("a1")), evidence.reports);
    assertThat(read("a1", "manifest.json").get("occasion").asText()).isEqualTo("start");
    evidence.manifests.catchUp(List.of(AlertId.of("a1")), evidence.reports);
    assertThat(evidence.path("a1", "manifest-2.json")).as("once").doesNotExist();
  }

  @Test
  void aDeletionLeavesARecordByWhichTheChainGoesOn() throws Exception {
    evidence.complete("a1");
    evidence.complete("a2");
    evidence.chain.recordDeletion(AlertId.of("a1"), "it was too old");
    evidence.folder.delete(AlertId.of("a1"));
    evidence.complete("a3");
    assertThat(check().faults()).isEmpty();

    Files.delete(evidence.root.resolve("deletions/3.json"));
    assertThat(check().faults()).extracting(fault -> fault.problem()).hasSize(2);
    evidence.manifests.catchUp(List.of(), evidence.reports);
    assertThat(check().faults()).isEmpty();
  }

  @Test
  void theKeyIsItsOwnersAloneAndStaysTheSame() throws Exception {
    Path key = data.resolve("evidence-key.pem");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key)))
        .isEqualTo("rw-------");
    String before = Files.readString(key);
    evidence.complete("a1");
    evidence.close();
    evidence = new SealedEvidence(data);
    evidence.complete("a2");
    assertThat(key).hasContent(before);
    assertThat(check().keys()).hasSize(1);
    Files.delete(key);
    evidence.close();
    evidence = new SealedEvidence(data);
    evidence.complete("a3");
    assertThat(check().keys()).as("what the lost key signed is checked by it").hasSize(2);
    assertThat(check().faults()).isEmpty();
  }

  @Test
  void manifestsNameTheVersionThatTheBuildHas() throws Exception {
    assertThat(Files.readString(Path.of("../pom.xml")))
        .contains("<version>" + SoftwareVersion.of() + "</version>");
  }
}
