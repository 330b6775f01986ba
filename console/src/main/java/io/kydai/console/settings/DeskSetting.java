package io.kydai.console.settings;

import static java.util.Objects.requireNonNull;

/**
 * A setting of the desk.
 *
 * @param name the name in the database and in the audit
 * @param type a record that Jackson reads and writes; its constructor refuses wrong values with an
 *     {@link InvalidSettingException}
 * @param initial the value until one is set
 */
public record DeskSetting<T>(String name, Class<T> type, T initial) {
  public DeskSetting {
    requireNonNull(name);
    requireNonNull(type);
    requireNonNull(initial);
  }
}
