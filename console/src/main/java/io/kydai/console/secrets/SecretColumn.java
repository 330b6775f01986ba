package io.kydai.console.secrets;

import java.util.Map;
import org.jdbi.v3.core.Handle;

/** A column that has secrets, or a part of one. */
public interface SecretColumn {
  /**
   * Returns what the encryption binds each value to besides its row, such as {@code totp.secret}.
   * It is stored nowhere and never changes.
   */
  String name();

  /** Returns what is stored, encrypted or not, by row. */
  Map<String, String> stored(Handle db);

  /** Stores another text in a row. */
  void replace(Handle db, String row, String stored);
}
