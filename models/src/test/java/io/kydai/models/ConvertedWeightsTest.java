package io.kydai.models;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.engine.Engine;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.io.IOException;
import java.io.InputStream;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The weights in the jar are those that {@code scripts/make-detector} makes, and say the same. */
class ConvertedWeightsTest {
  private static final String SHA_256 =
      "ea351a86147ae0dce316068d9639d7c5ac1eead5a40ab8cc772db3cadf9b9d29";

  @Test
  void theResourceIsTheFileThatTheScriptMakes() throws IOException, NoSuchAlgorithmException {
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(resource());
    assertThat(HexFormat.of().formatHex(digest)).isEqualTo(SHA_256);
  }

  @Test
  void oneGraphForAllSizesAnswersLikeTheConversionForOneSize() throws Exception {
    byte[] reference = Files.readAllBytes(SharedData.require("models/nanodet_g_640x352.onnx"));
    Random random = new Random(7);
    float[] picture = new float[3 * 352 * 640];
    for (int i = 0; i < picture.length; i++) {
      picture[i] = (float) Math.sin(i / 50.0) + random.nextFloat() - 0.5f;
    }
    float[][] expected = run(reference, picture);
    float[][] actual = run(resource(), picture);
    for (int output = 0; output < 6; output++) {
      assertThat(actual[output]).hasSameSizeAs(expected[output]);
      float most = 0;
      for (int i = 0; i < actual[output].length; i++) {
        most = Math.max(most, Math.abs(actual[output][i] - expected[output][i]));
      }
      System.out.println("output " + output + ": largest difference " + most);
      assertThat(most).as("output %d", output).isLessThan(1e-5f);
    }
  }

  private static float[][] run(byte[] graph, float[] picture) throws OrtException {
    Engine.getEngine("OnnxRuntime");
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions();
        OrtSession session = environment.createSession(graph, options);
        OnnxTensor tensor =
            OnnxTensor.createTensor(
                environment, FloatBuffer.wrap(picture), new long[] {1, 3, 352, 640});
        OrtSession.Result result =
            session.run(Map.of(session.getInputNames().iterator().next(), tensor))) {
      float[][] outputs = new float[result.size()][];
      for (int i = 0; i < outputs.length; i++) {
        outputs[i] = ((OnnxTensor) result.get(i)).getFloatBuffer().array();
      }
      return outputs;
    }
  }

  private static byte[] resource() throws IOException {
    try (InputStream in = ConvertedWeightsTest.class.getResourceAsStream("nanodet-g.onnx")) {
      return in.readAllBytes();
    }
  }
}
