package io.kydai.console.config;

import io.kydai.console.config.camera.CameraKeys;
import io.kydai.console.config.camera.Purpose;
import io.kydai.console.config.tree.References;
import io.kydai.models.document.Shape;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Makes the parts of the documentation that come from the declarations of the keys: the sections
 * whose tables are in {@code docs/configuration.md}, and {@code docs/configuration.schema.json}.
 */
final class ConfigDocument {
  private static final Path FOLDER = Path.of("");

  private ConfigDocument() {}

  /** Returns every section with its keys, by the section's name in the documentation. */
  static Map<String, Shape<?>> sections() {
    Map<String, Shape<?>> sections = new LinkedHashMap<>();
    sections.put("file", file());
    sections.putAll(CameraKeys.sections());
    sections.put("webhook", WebhookKeys.shape(References.forbidden()));
    sections.put("storage", StorageConfig.keys(References.forbidden(), FOLDER));
    sections.put("http", HttpConfig.keys(FOLDER));
    sections.put("http tls", ServerTls.keys(FOLDER));
    sections.put("rtsp", RtspConfig.KEYS);
    sections.put("webrtc", WebRtcConfig.KEYS);
    sections.put("detector", DetectorConfig.keys(Purpose.SERVER, FOLDER));
    sections.put("plates", PlatesKeys.SHAPE);
    sections.put("watch-list", PlatesKeys.WATCHED);
    sections.put("statistics", StatisticsConfig.KEYS);
    sections.put("map", MapConfig.keys(FOLDER));
    sections.put("audit", AuditConfig.KEYS);
    sections.put("log", LogConfig.KEYS);
    sections.put("people", PeopleKeys.shape(References.forbidden()));
    sections.put("oidc", PeopleKeys.oidc(References.forbidden()));
    sections.put("group", PeopleKeys.GROUP);
    sections.put("site", SiteConfig.KEYS);
    sections.put("privacy", PrivacyConfig.KEYS);
    sections.put("verifier", VerifierKeys.shape(References.forbidden()));
    sections.put("prompt", VerifierKeys.PROMPT);
    return sections;
  }

  private static Shape<KydaiConfig> file() {
    return ConfigKeys.shape(Purpose.SERVER, References.forbidden(), FOLDER);
  }

  /** Returns the JSON Schema (draft 2020-12) of the whole file as maps, lists and scalars. */
  static Map<String, Object> schema() {
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
    schema.put("title", "Kydai's configuration");
    schema.putAll(file().type().schema());
    return schema;
  }
}
