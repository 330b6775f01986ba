package io.kydai.console.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kydai.streaming.proof.RootCertificates;
import io.kydai.streaming.signedvideo.SignedVideo;
import io.kydai.streaming.signedvideo.SignedVideoCheck;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/**
 * A clip that its camera signed, in the manifest and in the answer of verify-evidence. The clip was
 * made by our own signer, that of {@code SignedVideoCheckTest}.
 */
class SignedClipsTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path data;
  private SealedEvidence evidence;
  private Path root;

  @BeforeEach
  void open() throws IOException {
    evidence = new SealedEvidence(data);
    root = Files.write(data.resolve("root.pem"), bytes("signed-clip-root.pem"));
  }

  @AfterEach
  void close() {
    evidence.close();
  }

  private static byte[] bytes(String name) throws IOException {
    try (InputStream in = SignedClipsTest.class.getResourceAsStream(name)) {
      return in.readAllBytes();
    }
  }

  /** Evidence with a clip of these bytes, and what the check of it said when it was written. */
  private void evidenceOf(byte[] clip) throws IOException {
    Path file = Files.write(data.resolve("clip.mp4"), clip);
    SignedVideo said =
        SignedVideoCheck.run(
            file, RootCertificates.read(root), Instant.parse("2026-09-21T00:00:00Z"));
    String observations =
        "{\"alert\":{\"id\":\"a1\"},\"clip\":{\"signedVideo\":"
            + JSON.writeValueAsString(said.json())
            + "},\"observations\":[]}";
    evidence.open("a1");
    evidence.add("a1", "clip.mp4", clip);
    evidence.add("a1", "observations.json", observations.getBytes());
    evidence.settle();
  }

  private String verify(int expected, String... options) {
    StringWriter out = new StringWriter();
    CommandLine command = VerifyEvidenceCommand.commandLine().setOut(new PrintWriter(out));
    String[] arguments = new String[options.length + 1];
    System.arraycopy(options, 0, arguments, 0, options.length);
    arguments[options.length] = evidence.root.toString();
    assertThat(command.execute(arguments)).isEqualTo(expected);
    return out.toString();
  }

  private JsonNode inManifest() throws IOException {
    for (JsonNode file :
        JSON.readTree(evidence.path("a1", "manifest.json").toFile()).get("files")) {
      if (file.get("name").asText().equals("clip.mp4")) {
        return file.get("signedVideo");
      }
    }
    throw new AssertionError("no clip in the manifest");
  }

  @Test
  void theManifestAndTheVerifierTellOfTheCamerasSignature() throws Exception {
    evidenceOf(bytes("signed-clip.mp4"));

    assertThat(inManifest().get("state").asText()).isEqualTo("valid");
    assertThat(inManifest().get("signer").asText()).contains("CN=Camera");
    assertThat(verify(0, "--camera-ca", root.toString()))
        .contains("a1/clip.mp4: the camera's signature is right from 0.0 to")
        .doesNotContain("nobody vouches");
    assertThat(verify(0)).contains("by a signer whom nobody vouches for: CN=Camera");
    JsonNode told = JSON.readTree(verify(0, "--json")).get("signed-clips");
    assertThat(told.elements().next().get("state").asText()).isEqualTo("unknown-signer");
  }

  @Test
  void aClipThatWasNotWhatTheCameraSignedIsToldWithItsTime() throws Exception {
    byte[] clip = bytes("signed-clip.mp4");
    int media = new String(clip, "ISO-8859-1").indexOf("mdat") + 4;
    clip[media + 4 + 3] ^= 1;
    evidenceOf(clip);

    assertThat(inManifest().get("state").asText()).isEqualTo("invalid");
    assertThat(inManifest().at("/problems/0/firstNal").asInt()).isZero();
    // The evidence is what the camera sent, and whole: it is the camera's word that is not right.
    assertThat(verify(0)).contains("IS NOT RIGHT at 0.0 to 0.1 s (NAL units 0 to");
  }

  @Test
  void aClipThatIsNoVideoIsNotChecked() throws Exception {
    evidence.complete("a1");

    assertThat(verify(0)).contains("a1/clip.mp4: the camera's signature was not checked");
    assertThat(inManifest()).isNull();
  }
}
