package io.kydai.console.settings;

/** A setting was changed after it was read. */
public class SettingChangedException extends RuntimeException {
  private static final long serialVersionUID = 1;

  SettingChangedException(String name, long seen, Versioned<?> now) {
    super(
        "'%s' was changed after version %d of it was read: it has version %d now, by %s at %s; nothing was overwritten"
            .formatted(name, seen, now.version(), now.changedBy(), now.changedAt()));
  }
}
