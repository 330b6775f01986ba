package io.kydai.console.csv;

/** A cell of a file of comma-separated values (RFC 4180) that spreadsheets open. */
public final class CsvCell {
  private static final String FORMULA_STARTS = "=+-@\t\r\n＝＋－＠";

  private CsvCell() {}

  /**
   * Returns a text as a cell. A text that a spreadsheet would run as a formula gets an apostrophe
   * before it (OWASP, CSV Injection).
   */
  public static String of(String text) {
    String safe =
        !text.isEmpty() && FORMULA_STARTS.indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
    boolean plain = safe.chars().allMatch(c -> c != '"' && c != ',' && c >= ' ');
    return plain ? safe : '"' + safe.replace("\"", "\"\"") + '"';
  }
}
