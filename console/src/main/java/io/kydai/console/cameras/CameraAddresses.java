package io.kydai.console.cameras;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kydai.console.secrets.SecretColumn;
import io.kydai.console.secrets.SecretsCipher;
import io.kydai.console.secrets.SecretsException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jdbi.v3.core.Handle;

/** The addresses in the stored definitions of cameras, which have users and passwords. */
final class CameraAddresses implements SecretColumn {
  /** The addresses of the streams that are analysed. */
  static final CameraAddresses FIRST = new CameraAddresses("url");

  /** The addresses of the second streams. */
  static final CameraAddresses SECOND = new CameraAddresses("second-url");

  private static final ObjectMapper JSON = new ObjectMapper();

  private final String key;

  private CameraAddresses(String key) {
    this.key = key;
  }

  @Override
  public String name() {
    return "camera." + key;
  }

  @Override
  public Map<String, String> stored(Handle db) {
    Map<String, String> found = new HashMap<>();
    definitions(db)
        .forEach(
            (id, definition) -> {
              String url = read(definition).path(key).asText();
              if (!url.isEmpty()) {
                found.put(id, url);
              }
            });
    return found;
  }

  private static Map<String, String> definitions(Handle db) {
    Map<String, String> found = new HashMap<>();
    db.createQuery("SELECT id, definition FROM camera WHERE definition IS NOT NULL")
        .map((row, context) -> Map.entry(row.getString("id"), row.getString("definition")))
        .forEach(row -> found.put(row.getKey(), row.getValue()));
    return found;
  }

  @Override
  public void replace(Handle db, String row, String stored) {
    String before =
        db.createQuery("SELECT definition FROM camera WHERE id = :id")
            .bind("id", row)
            .mapTo(String.class)
            .one();
    db.createUpdate("UPDATE camera SET definition = :definition WHERE id = :id")
        .bind("id", row)
        .bind("definition", withUrl(before, url -> stored))
        .execute();
  }

  /** Returns a definition as it is stored. */
  static String encrypted(SecretsCipher cipher, String id, String definition) {
    return FIRST.encrypt(cipher, id, SECOND.encrypt(cipher, id, definition));
  }

  /**
   * Returns a stored definition as it was.
   *
   * @throws SecretsException when the key does not fit
   */
  static String decrypted(SecretsCipher cipher, String id, String definition) {
    return FIRST.decrypt(cipher, id, SECOND.decrypt(cipher, id, definition));
  }

  private String encrypt(SecretsCipher cipher, String id, String definition) {
    return withUrl(definition, url -> cipher.encrypt(name(), id, url));
  }

  private String decrypt(SecretsCipher cipher, String id, String definition) {
    return withUrl(definition, url -> cipher.decrypt(name(), id, url));
  }

  private String withUrl(String definition, UnaryOperator<String> change) {
    ObjectNode json = read(definition);
    if (!json.path(key).isTextual()) {
      return definition;
    }
    json.put(key, change.apply(json.get(key).textValue()));
    try {
      return JSON.writeValueAsString(json);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A text that is no JSON is left to the reader of cameras, which names what is wrong. */
  private static ObjectNode read(String definition) {
    try {
      return JSON.readTree(definition) instanceof ObjectNode json ? json : JSON.createObjectNode();
    } catch (JsonProcessingException e) {
      return JSON.createObjectNode();
    }
  }
}
