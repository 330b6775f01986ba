package io.kydai.models.document;

/** Makes the tables of keys in the documentation. */
public final class KeyTable {
  private KeyTable() {}

  /**
   * Returns a Markdown table with the columns key, value, default and meaning, one row for each key
   * of the section. The text ends with a line feed.
   */
  public static String of(Shape<?> section) {
    StringBuilder table =
        new StringBuilder("| key | value | default | what |\n|---|---|---|---|\n");
    for (Key<?> key : section.keys()) {
      table.append(
          "| `%s` | %s | %s | %s |%n"
              .formatted(key.name(), key.range(), key.shownDefault(), key.meaning()));
    }
    return table.toString();
  }
}
