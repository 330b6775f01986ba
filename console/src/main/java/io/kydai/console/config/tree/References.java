package io.kydai.console.config.tree;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kydai.models.document.Value;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Looks up the secrets that a configuration refers to: {@code ${NAME}} anywhere in a text is the
 * environment's NAME, and a text {@code file:PATH} is the file's content without its last line end.
 * Where a reference is a part of a text, which is an address then, it is percent-encoded.
 */
public final class References {
  private static final int MAX_FILE = 4096;
  private static final int MAX_BYTES = 64 * 1024;
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{([^}]*)}");
  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,99}");

  private final boolean allowed;
  private final UnaryOperator<String> environment;
  private final Path folder;

  private References(boolean allowed, UnaryOperator<String> environment, Path folder) {
    this.allowed = allowed;
    this.environment = environment;
    this.folder = folder;
  }

  /**
   * To an environment and files.
   *
   * @param environment the value of a variable, or null
   * @param folder from which relative paths go
   */
  public static References to(UnaryOperator<String> environment, Path folder) {
    return new References(true, environment, folder);
  }

  /**
   * For what comes over the network: who may add a camera could otherwise have the node send its
   * environment and files to an address of his choice.
   */
  public static References forbidden() {
    return new References(false, name -> null, Path.of(""));
  }

  /** The secret that a text is, or refers to; empty where it cannot be had. */
  public Optional<Secret> resolve(String text, Value at) {
    boolean file = text.startsWith("file:");
    Matcher variable = VARIABLE.matcher(text);
    if (!file && !variable.find()) {
      return Optional.of(Secret.of(text));
    }
    if (!allowed) {
      return at.wrong("references such as ${NAME} or file:PATH can only stand in the file");
    }
    return file ? file(text, at) : variables(text, variable, at);
  }

  /** The content of a file, at most 64 KiB. */
  public Optional<byte[]> bytes(String file, Value at) {
    return allowed
        ? path(file, at).flatMap(path -> content(path, MAX_BYTES, at))
        : at.wrong("a file can only be named in the file");
  }

  private Optional<Secret> file(String text, Value at) {
    return path(text.substring("file:".length()), at)
        .flatMap(
            path ->
                content(path, MAX_FILE, at)
                    .map(content -> new String(content, UTF_8).replaceFirst("\\r?\\n$", ""))
                    .map(value -> new Secret("file:" + path, value)));
  }

  private Optional<Path> path(String text, Value at) {
    try {
      return Optional.of(folder.resolve(text).toAbsolutePath().normalize());
    } catch (InvalidPathException e) {
      return at.wrong("a path is expected");
    }
  }

  private static Optional<byte[]> content(Path path, int max, Value at) {
    if (Files.exists(path) && !Files.isRegularFile(path)) {
      // Reading a pipe or a terminal would wait for whoever writes to it.
      return at.wrong("what it refers to is no regular file");
    }
    try (InputStream in = Files.newInputStream(path)) {
      byte[] content = in.readNBytes(max + 1);
      return content.length > max
          ? at.wrong("the file it refers to is larger than " + max + " bytes")
          : Optional.of(content);
    } catch (IOException e) {
      return at.wrong(
          "the file it refers to cannot be read (" + e.getClass().getSimpleName() + ")");
    }
  }

  private Optional<Secret> variables(String text, Matcher variable, Value at) {
    boolean whole = variable.start() == 0 && variable.end() == text.length();
    StringBuilder value = new StringBuilder();
    int end = 0;
    do {
      String name = variable.group(1);
      if (!NAME.matcher(name).matches()) {
        return at.wrong("the name of a variable, such as ${CAMERA_PASSWORD}, is expected");
      }
      String found = environment.apply(name);
      if (found == null) {
        return at.wrong("the environment has no variable " + name);
      }
      value.append(text, end, variable.start()).append(whole ? found : encoded(found));
      end = variable.end();
    } while (variable.find());
    return Optional.of(new Secret(text, value.append(text.substring(end)).toString()));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, UTF_8).replace("+", "%20").replace("*", "%2A");
  }
}
