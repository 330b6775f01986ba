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
 * Loads the native libraries of ONNX Runtime from {@link UnpackedFiles}. ONNX Runtime's own loader
 * would unpack its 24 MB (650 MB with support for NVIDIA cards) into a new folder below {@code
 * java.io.tmpdir} in each process, and a process that is killed would leave them there.
 */
public final class OnnxRuntimeLibrary {
  private static final Logger LOG = LoggerFactory.getLogger(OnnxRuntimeLibrary.class);
  private static final String ENGINE = "OnnxRuntime";

  /** The system property with the folder in which ONNX Runtime looks for its libraries first. */
  private static final String FOLDER = "onnxruntime.native.path";

  /** The libraries that its jars may hold; the jar for CPUs holds the first two. */
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
   * Loads the libraries on the first call. It must be called before any class of ONNX Runtime is
   * used.
   *
   * @return DJL's ONNX Runtime engine
   * @throws IOException when the libraries cannot be unpacked
   */
  public static synchronized Engine load() throws IOException {
    if (!loaded) {
      if (System.getProperty(FOLDER) == null) {
        System.setProperty(FOLDER, unpacked().toString());
      }
      if (System.getProperty("OPT_OUT_TRACKING") == null) {
        // Without this property DJL sends a usage report to its authors from cloud machines.
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
    String version = OrtEnvironment.class.getPackage().getImplementationVersion();
    return UnpackedFiles.current()
        .unpack("onnxruntime", requireNonNullElse(version, "0"), libraries);
  }

  /** Returns the folder of this platform's libraries in the jar, such as {@code linux-x64}. */
  private static String platform() {
    String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    String processor = System.getProperty("os.arch");
    return (system.startsWith("mac") ? "osx" : system.startsWith("windows") ? "win" : "linux")
        + "-"
        + (Stream.of("amd64", "x86_64").anyMatch(processor::equals) ? "x64" : processor);
  }

  /**
   * Removes the temporary folder that ONNX Runtime's loader creates even when it unpacks nothing.
   * By itself it removes the folder only when the process exits normally.
   */
  private static void removeTemporaryFolder() {
    try {
      Field folder = Class.forName("ai.onnxruntime.OnnxRuntime").getDeclaredField("tempDirectory");
      folder.setAccessible(true);
      if (folder.get(null) instanceof Path created) {
        Files.deleteIfExists(created);
      }
    } catch (DirectoryNotEmptyException e) {
      LOG.debug("ONNX Runtime unpacked a library to its own temporary folder", e);
    } catch (ReflectiveOperationException | IOException e) {
      LOG.warn(
          "The temporary folder of ONNX Runtime below java.io.tmpdir cannot be removed: {}",
          e.toString());
    }
  }
}
