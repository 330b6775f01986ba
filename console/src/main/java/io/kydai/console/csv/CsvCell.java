package io.kydai.console.csv;

import static java.util.stream.Collectors.joining;

import java.util.List;
import java.util.regex.Pattern;

/** Cells and rows of files of comma-separated values (RFC 4180) that spreadsheets open. */
public final class CsvCell {
  private static final String FORMULA_STARTS = "=+-@\t\r\n＝＋－＠";
  private static final char MARK = '\'';
  private static final Pattern NUMBER = Pattern.compile("[-+]?[0-9]+([.,][0-9]+)?");

  private CsvCell() {}

  /**
   * Returns a text as a cell. A text that a spreadsheet would run as a formula gets an apostrophe
   * before it (OWASP, CSV Injection); a number is none.
   */
  public static String of(String text) {
    String safe = isFormula(text) && !NUMBER.matcher(text).matches() ? MARK + text : text;
    boolean plain = safe.chars().allMatch(c -> c != '"' && c != ',' && c >= ' ');
    return plain ? safe : '"' + safe.replace("\"", "\"\"") + '"';
  }

  private static boolean isFormula(String text) {
    return !text.isEmpty() && FORMULA_STARTS.indexOf(text.charAt(0)) >= 0;
  }

  /** Returns the text of a cell without the apostrophe that {@link #of} put before it. */
  public static String unmarked(String text) {
    return !text.isEmpty() && text.charAt(0) == MARK && isFormula(text.substring(1))
        ? text.substring(1)
        : text;
  }

  /** Returns texts as a row, with a line's end. */
  public static String row(List<String> texts) {
    return texts.stream().map(CsvCell::of).collect(joining(",")) + "\r\n";
  }
}
