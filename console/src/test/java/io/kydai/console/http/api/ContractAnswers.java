package io.kydai.console.http.api;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * Which answers of the contract the tests of a build got: lines of an operation's id and a status,
 * in a file for each of its processes, in a folder for each build. {@link ContractCoverageTest}
 * reads them.
 */
final class ContractAnswers {
  private static final Path FOLDER =
      Path.of("target", "contract-answers", System.getProperty("kydai.build", "by-hand"));

  private static final Set<String> SEEN = ConcurrentHashMap.newKeySet();

  private ContractAnswers() {}

  /** Notes an answer, the first of its kind only. */
  static void note(String operation, int status) {
    String line = operation + " " + status;
    if (SEEN.add(line)) {
      append(line);
    }
  }

  /** Returns what the tests of this build got so far, in every process. */
  static Set<String> seen() {
    Set<String> seen = new TreeSet<>();
    if (Files.isDirectory(FOLDER)) {
      try (Stream<Path> files = Files.list(FOLDER)) {
        for (Path file : files.toList()) {
          List<String> lines = Files.readAllLines(file);
          seen.addAll(lines);
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return seen;
  }

  private static synchronized void append(String line) {
    try {
      Files.createDirectories(FOLDER);
      Files.writeString(
          FOLDER.resolve("process-" + ProcessHandle.current().pid()),
          line + "\n",
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
