package io.kydai.models.document;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A configuration, or a camera given as JSON, is wrong. The message has one line per mistake: file
 * and line (where there are any), key, what is wrong and what would be right.
 */
public class ConfigException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final transient List<ConfigProblem> problems;

  /**
   * @param source the file's name; empty where there is no file
   * @param problems at least one
   */
  public ConfigException(String source, List<ConfigProblem> problems) {
    super(
        problems.stream()
            .map(problem -> line(source, problem))
            .collect(Collectors.joining(System.lineSeparator())));
    this.problems = List.copyOf(problems);
  }

  /** Every mistake, in the order of the file. */
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
