package io.kydai.models.onnx;

import io.kydai.models.unpack.UnpackedFiles;
import java.io.IOException;
import java.net.URL;
import java.nio.file.Path;

/** An ONNX graph that is a resource on the class path, or a file on disk. */
public interface ModelFile {
  /**
   * Calls {@code use} with the graph's file, which is guaranteed to exist during the call only.
   *
   * @throws IOException when the graph cannot be unpacked, or {@code use} throws it
   */
  <T> T with(Use<T> use) throws IOException;

  /** A function of the graph's file. */
  interface Use<T> {
    T apply(Path file) throws IOException;
  }

  /** Returns the graph in a file on disk. */
  static ModelFile at(Path path) {
    return new ModelFile() {
      @Override
      public <T> T with(Use<T> use) throws IOException {
        return use.apply(path);
      }
    };
  }

  /**
   * Returns the graph in a resource of this class's package, which is unpacked if it is in a jar.
   * (DJL can read a jar itself, but then writes a cache to the user's home directory, which a
   * server's user may not have.)
   */
  static ModelFile resource(String name) {
    return new ModelFile() {
      @Override
      public <T> T with(Use<T> use) throws IOException {
        URL resource = ModelFile.class.getResource(name);
        if (resource == null) {
          throw new IOException("the resource " + name + " is missing");
        }
        return use.apply(UnpackedFiles.current().file(resource));
      }
    };
  }
}
