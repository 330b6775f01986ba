package io.kydai.models.document;

/** The keys of a section as a table for documentation. */
public final class KeyTable {
  private KeyTable() {}

  /** The table in Markdown: key, value, default, meaning. It ends with a line end. */
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
