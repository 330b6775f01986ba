package io.kydai.models.unpack;

import static java.util.Objects.requireNonNullElse;

import ai.djl.engine.Engine;
import ai.onnxruntime.OrtEnvironment;
import java.io.IOException;
import java.lang.reflect.Field;
import java.net.URL;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Loads ONNX Runtime from {@link UnpackedFiles}. By itself it would unpack its 24 MB (650 MB for
 * NVIDIA's cards) into a new folder below {@code java.io.tmpdir} for each process, and a process
 * that is killed would leave them there.
 */
public final class OnnxRuntimeLibrary {
  private static final Logger LOG = LoggerFactory.getLogger(OnnxRuntimeLibrary.class);
  private static final String ENGINE = "OnnxRuntime";

  /** Where ONNX Runtime looks for its libraries first (its OnnxRuntime.java). */
  private static final String FOLDER = "onnxruntime.native.path";

  /** What its jars may hold; the one for processors has the first two. */
  private static final List<String> LIBRARIES =
      List.of(
          "onnxruntime",
          "onnxruntime4j_jni",
          "onnxruntime_providers_shared",
          "onnxruntime_providers_cuda",
          "onnxruntime_providers_tensorrt");

  private static boolean loaded;

  private OnnxRuntimeLibrary() {}

  /**
   * Loads the libraries once; to be called before anything of ONNX Runtime's.
   *
   * @return DJL's engine on it
   * @throws IOException when they cannot be unpacked
   */
  public static synchronized Engine load() throws IOException {
    if (!loaded) {
      if (System.getProperty(FOLDER) == null) {
        System.setProperty(FOLDER, unpacked().toString());
      }
      if (System.getProperty("OPT_OUT_TRACKING") == null) {
        // On a cloud machine DJL would tell its authors that it runs. A city's server does not.
        System.setProperty("OPT_OUT_TRACKING", "true");
      }
      Engine engine = Engine.getEngine(ENGINE);
      OrtEnvironment.getAvailableProviders(); // loads the libraries
      removeTemporaryFolder();
      loaded = true;
      return engine;
    }
    return Engine.getEngine(ENGINE);
  }

  private static Path unpacked() throws IOException {
    List<URL> libraries =
        LIBRARIES.stream()
            .map(System::mapLibraryName)
            .map(file -> "/ai/onnxruntime/native/" + platform() + "/" + file)
            .map(OrtEnvironment.class::getResource)
            .filter(Objects::nonNull)
            .toList();
    Package of = OrtEnvironment.class.getPackage();
    return UnpackedFiles.current()
        .unpack("onnxruntime", requireNonNullElse(of.getImplementationVersion(), "0"), libraries);
  }

  /** The folder of this machine's libraries in the jar, such as {@code linux-x64}. */
  private static String platform() {
    String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    String processor = System.getProperty("os.arch");
    return (system.startsWith("mac") ? "osx" : system.startsWith("windows") ? "win" : "linux")
        + "-"
        + (Stream.of("amd64", "x86_64").anyMatch(processor::equals) ? "x64" : processor);
  }

  /**
   * Its loader makes a temporary folder also where it unpacks nothing, and removes it at an orderly
   * end of the process only.
   */
  private static void removeTemporaryFolder() {
    try {
      Field folder = Class.forName("ai.onnxruntime.OnnxRuntime").getDeclaredField("tempDirectory");
      folder.setAccessible(true);
      if (folder.get(null) instanceof Path made) {
        Files.deleteIfExists(made);
      }
    } catch (DirectoryNotEmptyException e) {
      LOG.debug("ONNX Runtime unpacked something by itself", e);
    } catch (ReflectiveOperationException | IOException e) {
      LOG.warn("An empty folder of ONNX Runtime's stays below java.io.tmpdir: {}", e.toString());
    }
  }
}
