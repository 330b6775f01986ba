package io.kydai.console.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects mistakes, so that one reading tells of all of them: at most {@value #MAX}. */
final class Problems {
  private static final int MAX = 50;

  private final List<ConfigProblem> list = new ArrayList<>();

  /** Those beyond the bound are left out: whoever mends the first 50 sees the next. */
  void add(String key, String pointer, int line, String message) {
    if (list.size() < MAX) {
      list.add(new ConfigProblem(key, pointer, line, message));
    }
  }

  int count() {
    return list.size();
  }

  /**
   * @throws ConfigException when there is any
   */
  void check(String source) {
    if (!list.isEmpty()) {
      list.sort(Comparator.comparingInt(ConfigProblem::line));
      throw new ConfigException(source, list);
    }
  }
}
