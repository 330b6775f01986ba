package io.kydai.models.download;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The command line of {@code scripts/get-model}.
 *
 * @param action what is asked for
 * @param name the network's name; empty unless {@code action} is GET
 * @param folder the folder for the network
 * @param file the file that was downloaded otherwise; null to download it
 * @param licenceAccepted whether the licence is accepted on the command line
 */
record Arguments(
    Action action, String name, Path folder, @Nullable Path file, boolean licenceAccepted) {
  private static final Path DEFAULT_FOLDER = Path.of("networks");

  enum Action {
    GET,
    LIST,
    HELP
  }

  /**
   * Reads a command line.
   *
   * @throws IllegalArgumentException when it is wrong; the message says what is
   */
  static Arguments of(List<String> words) {
    Action action = Action.GET;
    String name = "";
    Path folder = DEFAULT_FOLDER;
    Path file = null;
    boolean accepted = false;
    for (int at = 0; at < words.size(); at++) {
      String word = words.get(at);
      switch (word) {
        case "--help", "-h" -> action = Action.HELP;
        case "--list" -> action = Action.LIST;
        case "--accept-licence", "--accept-license" -> accepted = true;
        case "--to" -> folder = path(word, words, ++at);
        case "--file" -> file = path(word, words, ++at);
        default -> {
          if (word.startsWith("-") || !name.isEmpty()) {
            throw new IllegalArgumentException("'" + word + "' is not understood");
          }
          name = word;
        }
      }
    }
    if (action == Action.GET && name.isEmpty()) {
      throw new IllegalArgumentException("the name of a network is expected");
    }
    return new Arguments(action, name, folder, file, accepted);
  }

  private static Path path(String option, List<String> words, int at) {
    if (at == words.size()) {
      throw new IllegalArgumentException(option + " expects a path");
    }
    try {
      return Path.of(words.get(at));
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException(option + " expects a path", e);
    }
  }
}
