package io.kydai.models.document;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Reads a YAML file in UTF-8, with or without a byte order mark, into a record by the declarations
 * of its keys.
 */
public final class DocumentFile {
  private static final int KIB = 1 << 10;
  private static final int MIB = 1 << 20;

  private DocumentFile() {}

  /**
   * Reads a file.
   *
   * @param maxBytes the size of the largest file that is accepted, in bytes, a multiple of 1 KiB
   * @param expected the key that the message for an empty file names, such as {@code 'cameras:'}
   * @param shape the declarations of the document's keys
   * @throws ConfigException when the file cannot be read or is wrong; it lists every mistake
   */
  public static <R extends Record> R read(
      Path file, int maxBytes, String expected, Shape<R> shape) {
    Problems problems = new Problems();
    try {
      Optional<Tree> tree = YamlTree.parse(text(file, maxBytes)).filter(one -> !one.isNull());
      if (tree.isEmpty()) {
        throw new MalformedException(0, "the file is empty; " + expected + " is expected");
      }
      Optional<R> read = shape.type().read(Value.root(tree.get(), problems));
      problems.check(file.toString());
      return read.orElseThrow();
    } catch (MalformedException e) {
      throw new ConfigException(file.toString(), List.of(e.problem()));
    }
  }

  private static String text(Path file, int maxBytes) throws MalformedException {
    byte[] bytes;
    try (InputStream in = Files.newInputStream(file)) {
      bytes = in.readNBytes(maxBytes + 1);
    } catch (NoSuchFileException e) {
      throw new MalformedException(0, "there is no such file");
    } catch (IOException e) {
      throw new MalformedException(0, "the file cannot be read: " + e.getMessage());
    }
    if (bytes.length > maxBytes) {
      String bound = maxBytes < MIB ? maxBytes / KIB + " KiB" : maxBytes / MIB + " MiB";
      throw new MalformedException(0, "the file is larger than " + bound);
    }
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return text.startsWith("\uFEFF") ? text.substring(1) : text;
    } catch (CharacterCodingException e) {
      throw new MalformedException(0, "the file is not UTF-8");
    }
  }
}
