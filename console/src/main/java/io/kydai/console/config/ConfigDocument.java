package io.kydai.console.config;

import io.kydai.console.config.camera.CameraKeys;
import io.kydai.console.config.camera.Purpose;
import io.kydai.console.config.tree.References;
import io.kydai.models.document.Shape;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What the declarations of the keys give to documentation and editors: the sections whose tables
 * are in {@code docs/configuration.md}, and {@code docs/configuration.schema.json}.
 */
final class ConfigDocument {
  private static final Path FOLDER = Path.of("");

  private ConfigDocument() {}

  /** Every section with its keys, by the name that documentation gives it. */
  static Map<String, Shape<?>> sections() {
    Map<String, Shape<?>> sections = new LinkedHashMap<>();
    sections.put("file", file());
    sections.putAll(CameraKeys.sections());
    sections.put("webhook", WebhookKeys.shape(References.forbidden()));
    sections.put("storage", StorageConfig.keys(FOLDER));
    sections.put("http", HttpConfig.KEYS);
    sections.put("detector", DetectorConfig.keys(Purpose.SERVER, FOLDER));
    sections.put("plates", PlatesKeys.SHAPE);
    sections.put("watch-list", PlatesKeys.WATCHED);
    return sections;
  }

  private static Shape<KydaiConfig> file() {
    return ConfigKeys.shape(Purpose.SERVER, References.forbidden(), FOLDER);
  }

  /** The JSON Schema (draft 2020-12) of the whole file, of maps, lists and scalars. */
  static Map<String, Object> schema() {
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
    schema.put("title", "Kydai's configuration");
    schema.putAll(file().type().schema());
    return schema;
  }
}
