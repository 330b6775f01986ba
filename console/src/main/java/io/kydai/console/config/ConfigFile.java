package io.kydai.console.config;

import io.kydai.console.config.camera.Purpose;
import io.kydai.console.config.tree.References;
import io.kydai.models.document.ConfigException;
import io.kydai.models.document.ConfigProblem;
import io.kydai.models.document.MalformedException;
import io.kydai.models.document.Problems;
import io.kydai.models.document.Tree;
import io.kydai.models.document.Value;
import io.kydai.models.document.YamlTree;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;

/** Reads the configuration file: YAML of at most 1 MiB. */
public final class ConfigFile {
  private ConfigFile() {}

  /**
   * Reads the configuration of a server.
   *
   * @throws ConfigException when it cannot be read or is wrong
   */
  public static KydaiConfig read(Path file) {
    return read(file, Purpose.SERVER);
  }

  /**
   * Reads the configuration for a purpose.
   *
   * @throws ConfigException when it cannot be read or is wrong
   */
  public static KydaiConfig read(Path file, Purpose purpose) {
    return read(file, purpose, System::getenv);
  }

  static KydaiConfig read(Path file, Purpose purpose, UnaryOperator<String> environment) {
    Path folder = file.toAbsolutePath().getParent();
    Problems problems = new Problems();
    try {
      var tree = YamlTree.parse(text(file));
      if (tree.isEmpty() || tree.get().isNull()) {
        throw new MalformedException(0, "the file is empty; 'cameras:' is expected");
      }
      var config =
          ConfigKeys.shape(purpose, References.to(environment, folder), folder)
              .type()
              .read(Value.root(tree.get(), problems));
      problems.check(file.toString());
      return config.orElseThrow();
    } catch (MalformedException e) {
      throw new ConfigException(
          file.toString(), List.of(new ConfigProblem("", "", e.line(), e.getMessage())));
    }
  }

  private static String text(Path file) throws MalformedException {
    byte[] bytes;
    try (InputStream in = Files.newInputStream(file)) {
      bytes = in.readNBytes(Tree.MAX_BYTES + 1);
    } catch (NoSuchFileException e) {
      throw new MalformedException(0, "there is no such file");
    } catch (IOException e) {
      throw new MalformedException(0, "it cannot be read: " + e.getMessage());
    }
    if (bytes.length > Tree.MAX_BYTES) {
      throw new MalformedException(0, "it is larger than 1 MiB");
    }
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return text.startsWith("\uFEFF") ? text.substring(1) : text;
    } catch (CharacterCodingException e) {
      throw new MalformedException(0, "it is not UTF-8");
    }
  }
}
