package io.kydai.console.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kydai.analytics.alert.AlertId;
import io.kydai.streaming.proof.Check;
import io.kydai.streaming.proof.EvidenceCheck;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/**
 * The chain of evidence is stamped by an authority that is not ours, and the stamps are checked.
 */
class TimeStampingTest {
  private static final int FLIPS = 400;

  @TempDir Path data;
  private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
  private SealedEvidence evidence;
  private OpensslAuthority authority;
  private TimeStamping stamping;

  @BeforeEach
  void open() throws Exception {
    authority = new OpensslAuthority(data.resolve("authority"));
    evidence = new SealedEvidence(data);
    stamping =
        new TimeStamping(
            evidence.chain, evidence.folder, authority.address(), Duration.ofHours(1), metrics);
  }

  @AfterEach
  void close() {
    if (stamping != null) {
      stamping.close();
      evidence.close();
      authority.close();
    }
  }

  private TimeStampCheck check(@Nullable Path roots) throws IOException {
    Check check = EvidenceCheck.run(evidence.root, null, null);
    assertThat(check.faults()).isEmpty();
    return TimeStampCheck.run(evidence.root, check, roots);
  }

  private Path stamp(long number) {
    return evidence.root.resolve("timestamps").resolve(number + ".tsr");
  }

  private double counted(String outcome) {
    return metrics.counter("kydai.console.evidence.time-stamps", "outcome", outcome).count();
  }

  @Test
  void theNewestDocumentIsStampedOnce() throws Exception {
    stamping.stamp();
    assertThat(authority.asked).as("there is nothing to stamp").hasValue(0);
    Instant before = Instant.now().minusSeconds(2);
    evidence.complete("a1");
    evidence.complete("a2");
    stamping.stamp();
    stamping.stamp();
    assertThat(authority.asked).hasValue(1);
    assertThat(stamp(2)).exists();
    TimeStampCheck found = check(authority.root());
    assertThat(found.faults()).isEmpty();
    assertThat(found.count()).isEqualTo(1);
    assertThat(found.newest()).isEqualTo(2);
    assertThat(found.stamp().at()).isBetween(before, Instant.now().plusSeconds(2));
    assertThat(found.stamp().signer().getSubjectX500Principal().getName()).isEqualTo("CN=Clock");
    evidence.complete("a3");
    stamping.stamp();
    assertThat(stamp(3)).exists();
    assertThat(counted("made")).isEqualTo(2);
    assertThat(counted("failed")).isZero();
  }

  @Test
  void opensslAgreesFromTheFilesAlone() throws Exception {
    evidence.complete("a1");
    stamping.stamp();
    String said =
        authority.run(
            "ts -verify -in %s -data %s -CAfile ca.pem"
                .formatted(stamp(1), evidence.path("a1", "manifest.json")));
    assertThat(said).contains("Verification: OK");
  }

  @Test
  void aStampOfDeletedEvidenceIsOfTheLinkThatItsRecordKept() throws Exception {
    evidence.complete("a1");
    stamping.stamp();
    evidence.chain.recordDeletion(AlertId.of("a1"), "it was too old");
    evidence.folder.delete(AlertId.of("a1"));
    evidence.complete("a2");
    assertThat(check(authority.root()).faults()).isEmpty();
    assertThat(check(authority.root()).newest()).isEqualTo(1);
  }

  @Test
  void aStampThatChangedMovedOrIsOfAStrangerIsNamed() throws Exception {
    evidence.complete("a1");
    evidence.complete("a2");
    stamping.stamp();
    byte[] whole = Files.readAllBytes(stamp(2));
    Random random = new Random(3161);
    for (int i = 0; i < FLIPS; i++) {
      byte[] changed = whole.clone();
      int position = random.nextInt(changed.length);
      changed[position] ^= (byte) (1 << random.nextInt(8));
      Files.write(stamp(2), changed);
      TimeStampCheck found = check(authority.root());
      // The text of the status, and the certificates beside the signer's, are not signed.
      if (found.faults().isEmpty()) {
        TimeStamp stamp = found.stamp();
        assertThat(stamp.sha256()).isEqualTo(TimeStamp.read(whole).sha256());
        assertThat(stamp.at()).isEqualTo(TimeStamp.read(whole).at());
      } else {
        assertThat(found.faults()).singleElement().extracting("file").isEqualTo("timestamps/2.tsr");
      }
    }
    Files.write(stamp(2), whole);
    Files.copy(stamp(2), stamp(1));
    assertThat(check(null).faults())
        .singleElement()
        .satisfies(fault -> assertThat(fault.line()).contains("1.tsr", "another document"));
    Files.move(stamp(1), stamp(9));
    assertThat(check(null).faults())
        .singleElement()
        .satisfies(fault -> assertThat(fault.line()).contains("9.tsr", "not here"));
    Files.delete(stamp(9));
    assertThat(check(authority.otherRoot()).faults())
        .singleElement()
        .satisfies(fault -> assertThat(fault.line()).contains("2.tsr", "vouch"));
    assertThat(check(null).trusted()).isFalse();
  }

  @Test
  void anAnswerThatIsNoStampOfThisIsNotKept() throws Exception {
    evidence.complete("a1");
    authority.status = 503;
    stamping.stamp();
    authority.status = 200;
    authority.onItsWay = answer -> new byte[0];
    stamping.stamp();
    authority.onItsWay = answer -> new byte[TimeStampAuthority.MAX_BYTES + 1];
    stamping.stamp();
    authority.onItsWay =
        answer -> {
          answer[answer.length - 1] ^= 1;
          return answer;
        };
    stamping.stamp();
    byte[][] first = new byte[1][];
    authority.onItsWay = answer -> first[0] = answer;
    stamping.stamp();
    assertThat(stamp(1)).exists();
    evidence.complete("a2");
    authority.onItsWay = answer -> first[0];
    stamping.stamp();
    assertThat(stamp(2)).as("an earlier answer again").doesNotExist();
    assertThat(counted("failed")).isEqualTo(5);
    authority.onItsWay = answer -> answer;
    stamping.stamp();
    assertThat(check(authority.root()).newest()).isEqualTo(2);
  }

  @Test
  void theCommandTellsWhatTheStampsConfirm() throws Exception {
    evidence.complete("a1");
    stamping.stamp();
    evidence.complete("a2");
    StringWriter out = new StringWriter();
    assertThat(command(out, "--tsa-ca", authority.root().toString())).isZero();
    assertThat(out.toString()).contains("all up to number 1 was there at", "CN=Clock");
    out = new StringWriter();
    assertThat(command(out, "--json")).isZero();
    JsonNode json = new ObjectMapper().readTree(out.toString());
    assertThat(json.get("stamped-number").asInt()).isEqualTo(1);
    assertThat(json.get("stamp-trusted").asBoolean()).isFalse();
    assertThat(command(new StringWriter(), "--tsa-ca", authority.otherRoot().toString()))
        .isEqualTo(VerifyEvidenceCommand.NOT_WHOLE);
    assertThat(command(new StringWriter(), "--tsa-ca", stamp(1).toString()))
        .isEqualTo(VerifyEvidenceCommand.UNREADABLE);
  }

  private int command(StringWriter out, String... arguments) {
    CommandLine command = VerifyEvidenceCommand.commandLine();
    command.setOut(new PrintWriter(out));
    command.setErr(new PrintWriter(new StringWriter()));
    return command.execute(
        java.util.stream.Stream.concat(
                java.util.stream.Stream.of(evidence.root.toString()), List.of(arguments).stream())
            .toArray(String[]::new));
  }
}
