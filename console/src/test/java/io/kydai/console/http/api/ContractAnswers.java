package io.kydai.console.http.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which answers of the contract the tests of this process got: lines of an operation's id and a
 * status, in a file for each process. {@code scripts/TestSummary.java} names those that the
 * contract documents and no test got.
 */
final class ContractAnswers {
  private static final Path FOLDER = Path.of("target/contract-answers");
  private static final Set<String> SEEN = ConcurrentHashMap.newKeySet();

  private ContractAnswers() {}

  /** Notes an answer, the first of its kind only. */
  static void note(String operation, int status) {
    String line = operation + " " + status;
    if (SEEN.add(line)) {
      append("seen-" + ProcessHandle.current().pid(), line);
    }
  }

  /** Writes which answers the contract documents, as lines of the same form. */
  static void document(JsonNode contract) {
    for (JsonNode path : contract.get("paths")) {
      for (JsonNode operation : path) {
        if (operation.has("operationId")) {
          operation
              .get("responses")
              .fieldNames()
              .forEachRemaining(
                  status -> {
                    if (!status.equals("default")) {
                      append("documented", operation.get("operationId").asText() + " " + status);
                    }
                  });
        }
      }
    }
  }

  private static synchronized void append(String file, String line) {
    try {
      Files.createDirectories(FOLDER);
      Files.writeString(
          FOLDER.resolve(file), line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
