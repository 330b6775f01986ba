package io.kydai.models.document;

import java.util.List;
import java.util.stream.Collectors;

/**
 * The exception for a configuration file, a network description or a camera given as JSON that is
 * wrong. Its message has one line for each mistake: file and line number (where they exist), key,
 * what is wrong, and what is expected.
 */
public class ConfigException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final transient List<ConfigProblem> problems;

  /**
   * Creates the exception.
   *
   * @param source the file's name; empty where there is no file
   * @param problems the mistakes, at least one
   */
  public ConfigException(String source, List<ConfigProblem> problems) {
    super(
        problems.stream()
            .map(problem -> line(source, problem))
            .collect(Collectors.joining(System.lineSeparator())));
    this.problems = List.copyOf(problems);
  }

  /** Returns the mistakes in the order of their positions in the file. */
  public List<ConfigProblem> problems() {
    return problems;
  }

  private static String line(String source, ConfigProblem problem) {
    String where = problem.line() > 0 ? source + ":" + problem.line() : source;
    return (where.isEmpty() ? "" : where + ": ")
        + (problem.key().isEmpty() ? "" : problem.key() + ": ")
        + problem.message();
  }
}
