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
 * Resolves the references to secrets in a configuration: {@code ${NAME}} anywhere in a text stands
 * for the environment variable NAME, and a text {@code file:PATH} for the content of a file without
 * a final line end. The value of a reference that is only part of a text is percent-encoded,
 * because such texts are addresses.
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
   * Returns a resolver of references to the environment and to files.
   *
   * @param environment returns the value of an environment variable, or null
   * @param folder the folder from which relative paths are resolved
   */
  public static References to(UnaryOperator<String> environment, Path folder) {
    return new References(true, environment, folder);
  }

  /**
   * Returns a resolver that refuses all references, for texts that come over the network: otherwise
   * a client that may add a camera could make the node send its environment and files to an address
   * of the client's choice.
   */
  public static References forbidden() {
    return new References(false, name -> null, Path.of(""));
  }

  /**
   * Returns a text as a secret, with its references resolved; empty, with a problem, on failure.
   */
  public Optional<Secret> resolve(String text, Value at) {
    boolean file = text.startsWith("file:");
    Matcher variable = VARIABLE.matcher(text);
    if (!file && !variable.find()) {
      return Optional.of(Secret.of(text));
    }
    if (!allowed) {
      return at.wrong("references such as ${NAME} or file:PATH are permitted in the file only");
    }
    return file ? file(text, at) : variables(text, variable, at);
  }

  /** Returns the content of a file of at most 64 KiB; empty, with a problem, on failure. */
  public Optional<byte[]> bytes(String file, Value at) {
    return allowed
        ? path(file, at).flatMap(path -> content(path, MAX_BYTES, at))
        : at.wrong("a path is permitted in the configuration file only");
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
      // Reading a pipe or a terminal would block until another process writes to it.
      return at.wrong("it refers to something that is not a regular file");
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
