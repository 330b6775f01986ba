package io.kydai.models;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where an ONNX graph lies: in the jar, or on disk. */
interface ModelFile {
  /** Gives the graph as a file, for the time of {@code use} only. */
  <T> T with(Use<T> use) throws IOException;

  /** What is done with the file. */
  interface Use<T> {
    T apply(Path file) throws IOException;
  }

  static ModelFile at(Path path) {
    return new ModelFile() {
      @Override
      public <T> T with(Use<T> use) throws IOException {
        return use.apply(path);
      }
    };
  }

  /**
   * A resource beside this class, copied to a temporary file of this process alone. (DJL could read
   * the jar by itself, but leaves a cache in the user's home, which a server may not have.)
   */
  static ModelFile resource(String name) {
    return new ModelFile() {
      @Override
      public <T> T with(Use<T> use) throws IOException {
        Path copy = Files.createTempFile("kydai-", ".onnx");
        try (InputStream in = ModelFile.class.getResourceAsStream(name)) {
          if (in == null) {
            throw new IOException("the resource " + name + " is missing");
          }
          try (var out = Files.newOutputStream(copy)) {
            in.transferTo(out);
          }
          return use.apply(copy);
        } finally {
          Files.deleteIfExists(copy);
        }
      }
    };
  }
}
