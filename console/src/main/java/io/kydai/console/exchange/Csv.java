package io.kydai.console.exchange;

import io.kydai.console.csv.CsvCell;
import java.util.ArrayList;
import java.util.List;

/** Reads comma-separated values (RFC 4180), with commas, semicolons or tabs as separators. */
final class Csv {
  /**
   * A row.
   *
   * @param line where it begins, from 1
   */
  record Row(int line, List<String> cells) {}

  private final String text;
  private final char separator;
  private int at;
  private int line = 1;

  private Csv(String text) {
    this.text = text.startsWith("\uFEFF") ? text.substring(1) : text;
    this.separator = separator(this.text);
  }

  /**
   * Returns the rows that are not empty. A cell's formula mark, as {@link CsvCell#of} sets it,
   * goes.
   */
  static List<Row> parse(String text) {
    Csv csv = new Csv(text);
    List<Row> rows = new ArrayList<>();
    while (csv.at < csv.text.length()) {
      Row row = csv.row();
      if (row.cells().stream().anyMatch(cell -> !cell.isBlank())) {
        rows.add(row);
      }
    }
    return rows;
  }

  /** Returns the separator of the first line: what it has most of. */
  private static char separator(String text) {
    int end = text.indexOf('\n');
    String head = end < 0 ? text : text.substring(0, end);
    char best = ',';
    for (char candidate : new char[] {';', '\t'}) {
      if (count(head, candidate) > count(head, best)) {
        best = candidate;
      }
    }
    return best;
  }

  private static long count(String text, char wanted) {
    return text.chars().filter(c -> c == wanted).count();
  }

  private Row row() {
    int begin = line;
    List<String> cells = new ArrayList<>();
    boolean more = true;
    while (more) {
      cells.add(CsvCell.unmarked(next().strip()));
      more = at < text.length() && text.charAt(at) == separator;
      at++; // the separator, or the line's end
    }
    line++;
    return new Row(begin, cells);
  }

  /** Reads a cell and stops at the separator or line feed behind it. */
  private String next() {
    StringBuilder cell = new StringBuilder();
    boolean quoted = at < text.length() && text.charAt(at) == '"';
    if (quoted) {
      at++;
    }
    while (at < text.length()) {
      char c = text.charAt(at);
      if (quoted && c == '"') {
        if (at + 1 < text.length() && text.charAt(at + 1) == '"') {
          cell.append('"');
          at += 2;
          continue;
        }
        quoted = false;
      } else if (!quoted && (c == separator || c == '\n')) {
        return cell.toString();
      } else {
        if (c == '\n') {
          line++;
        }
        cell.append(c);
      }
      at++;
    }
    return cell.toString();
  }
}
