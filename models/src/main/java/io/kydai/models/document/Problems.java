package io.kydai.models.document;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Collects the mistakes of a document, so that one reading reports all of them: at most {@value
 * #MAX}.
 */
public final class Problems {
  private static final int MAX = 50;
  private static final Comparator<Located> BY_POSITION =
      Comparator.<Located>comparingInt(one -> one.problem().line())
          .thenComparingInt(Located::column);

  private record Located(int column, ConfigProblem problem) {}

  private final List<Located> list = new ArrayList<>();
  private int count;

  /**
   * Adds a mistake at a value. Mistakes beyond the bound are counted but not stored: after the
   * first ones are corrected, the next reading reports the others.
   */
  void add(Value at, String message) {
    count++;
    if (list.size() < MAX) {
      ConfigProblem problem = new ConfigProblem(at.key(), at.pointer(), at.line(), message);
      list.add(new Located(at.column(), problem));
    }
  }

  /** Returns the number of mistakes, including those that were not stored. */
  public int count() {
    return count;
  }

  /** Returns the stored mistakes, sorted by line and column. */
  public List<ConfigProblem> all() {
    return list.stream().sorted(BY_POSITION).map(Located::problem).toList();
  }

  /**
   * Throws an exception if there are any mistakes.
   *
   * @param source the file's name; empty where there is no file
   * @throws ConfigException with all stored mistakes, when there is at least one
   */
  public void check(String source) {
    if (!list.isEmpty()) {
      throw new ConfigException(source, all());
    }
  }
}
