package io.kydai.models.onnx;

import io.kydai.models.unpack.UnpackedFiles;
import java.io.IOException;
import java.net.URL;
import java.nio.file.Path;

/** Where an ONNX graph lies: in the jar, or on disk. */
public interface ModelFile {
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
   * A resource beside this class, unpacked where it is in a jar. (DJL could read the jar by itself,
   * but leaves a cache in the user's home, which a server may not have.)
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
