package io.kydai.models;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.kydai.models.unpack.OnnxRuntimeLibrary;
import java.io.IOException;
import java.io.InputStream;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The weights in the jar are those that {@code scripts/make} makes, and say the same. */
class ConvertedWeightsTest {

  /** The reference's outputs, and what {@code make/detector} calls them. */
  private static final Map<String, String> NAMES =
      Map.of(
          "Identity_out", "scores_8",
          "Identity_1_out", "scores_16",
          "Identity_2_out", "scores_32",
          "Identity_3_out", "sides_8",
          "Identity_4_out", "sides_16",
          "Identity_5_out", "sides_32");

  @ParameterizedTest
  @CsvSource({
    "nanodet-g.onnx, ea351a86147ae0dce316068d9639d7c5ac1eead5a40ab8cc772db3cadf9b9d29",
    "nanodet-g-int8.onnx, f410fe20ea3943a24a25b0968868d6e1a73a5fb63380bcdc7e3fab72f1762c3c",
    "blazeface-front-128.onnx, d388b1cf8a5f6f1af2b3f4c14f6d0f138bab970cd618cccd12dddb7484e82e51"
  })
  void theResourceIsTheFileThatTheScriptMakes(String name, String sha256)
      throws IOException, NoSuchAlgorithmException {
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(resource(name));
    assertThat(HexFormat.of().formatHex(digest)).isEqualTo(sha256);
    assertThat(new String(resource("PROVENANCE.md"), UTF_8)).contains("`" + sha256 + "`");
  }

  @Test
  void theInt8FileIsMadeAgainByteForByte(@TempDir Path folder) throws Exception {
    assumeTrue(runs("node", "--version"), "needs node");
    Path made = folder.resolve("made.onnx");
    assertThat(runs("../scripts/make/detector-int8", made.toString())).isTrue();
    assertThat(made).hasBinaryContent(resource("nanodet-g-int8.onnx"));
  }

  private static boolean runs(String... command) throws InterruptedException {
    try {
      return new ProcessBuilder(command).inheritIO().start().waitFor() == 0;
    } catch (IOException e) {
      return false; // there is no such program
    }
  }

  @Test
  void oneGraphForAllSizesAnswersLikeTheConversionForOneSize() throws Exception {
    byte[] reference = Files.readAllBytes(SharedData.require("models/nanodet_g_640x352.onnx"));
    Random random = new Random(7);
    float[] picture = new float[3 * 352 * 640];
    for (int i = 0; i < picture.length; i++) {
      picture[i] = (float) Math.sin(i / 50.0) + random.nextFloat() - 0.5f;
    }
    Map<String, float[]> expected = run(reference, picture);
    Map<String, float[]> actual = run(resource("nanodet-g.onnx"), picture);
    NAMES.forEach(
        (source, ours) ->
            assertThat(largestDifference(actual.get(ours), expected.get(source)))
                .as(ours)
                .isLessThan(1e-5f));
  }

  private static float largestDifference(float[] actual, float[] expected) {
    assertThat(actual.length).isEqualTo(expected.length);
    float most = 0;
    for (int i = 0; i < actual.length; i++) {
      most = Math.max(most, Math.abs(actual[i] - expected[i]));
    }
    return most;
  }

  private static Map<String, float[]> run(byte[] graph, float[] picture)
      throws OrtException, IOException {
    OnnxRuntimeLibrary.load();
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions();
        OrtSession session = environment.createSession(graph, options);
        OnnxTensor tensor =
            OnnxTensor.createTensor(
                environment, FloatBuffer.wrap(picture), new long[] {1, 3, 352, 640});
        OrtSession.Result result =
            session.run(Map.of(session.getInputNames().iterator().next(), tensor))) {
      Map<String, float[]> outputs = new HashMap<>();
      for (Map.Entry<String, OnnxValue> output : result) {
        outputs.put(output.getKey(), ((OnnxTensor) output.getValue()).getFloatBuffer().array());
      }
      return outputs;
    }
  }

  private static byte[] resource(String name) throws IOException {
    try (InputStream in =
        ConvertedWeightsTest.class.getResourceAsStream("/io/kydai/models/onnx/" + name)) {
      return in.readAllBytes();
    }
  }
}
