package io.kydai.models.document;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects mistakes, so that one reading tells of all of them: at most {@value #MAX}. */
public final class Problems {
  private static final int MAX = 50;

  private final List<ConfigProblem> list = new ArrayList<>();
  private int count;

  /** Those beyond the bound are left out: whoever mends the first 50 sees the next. */
  void add(String key, String pointer, int line, String message) {
    count++;
    if (list.size() < MAX) {
      list.add(new ConfigProblem(key, pointer, line, message));
    }
  }

  /** How many there are, those that were left out too. */
  public int count() {
    return count;
  }

  /** Those that are not left out, in the order of the file. */
  public List<ConfigProblem> all() {
    list.sort(Comparator.comparingInt(ConfigProblem::line));
    return List.copyOf(list);
  }

  /**
   * Ends the reading where anything is wrong.
   *
   * @param source the file's name; empty where there is no file
   * @throws ConfigException when there is any
   */
  public void check(String source) {
    if (!list.isEmpty()) {
      throw new ConfigException(source, all());
    }
  }
}
