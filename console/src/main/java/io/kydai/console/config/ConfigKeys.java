package io.kydai.console.config;

import static io.kydai.models.document.Key.key;

import io.kydai.console.config.camera.CameraConfig;
import io.kydai.console.config.camera.CameraKeys;
import io.kydai.console.config.camera.Purpose;
import io.kydai.console.config.tree.References;
import io.kydai.models.document.Distinct;
import io.kydai.models.document.Section;
import io.kydai.models.document.Shape;
import io.kydai.models.document.ValueType;
import io.kydai.models.document.Values;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The keys of the configuration file. */
final class ConfigKeys {
  private static final int MAX_CAMERAS = 10_000;
  private static final int MAX_WEBHOOKS = 32;

  private ConfigKeys() {}

  /**
   * Returns the declarations of all keys.
   *
   * @param references resolves references to secrets
   * @param folder the folder from which relative paths are resolved
   */
  static Shape<KydaiConfig> shape(Purpose purpose, References references, Path folder) {
    Shape<DetectorConfig> detector = DetectorConfig.keys(purpose, folder);
    return Shape.of(
            KydaiConfig.class,
            key(
                    "cameras",
                    ValueType.list(
                        CameraKeys.shape(purpose, references).type(), MAX_CAMERAS, Distinct.IDS),
                    "[below](#cameras)")
                .otherwise(List.of())
                .shown("none"),
            key(
                    "webhooks",
                    ValueType.list(WebhookKeys.shape(references).type(), MAX_WEBHOOKS)
                        .as(WebhookKeys::distinct, webhooks -> webhooks),
                    "endpoints that receive events of reports, [below](#webhooks)")
                .otherwise(List.of())
                .shown("none"),
            key(
                    "storage",
                    StorageConfig.keys(references, folder).type(),
                    "where the database and the evidence are stored, [below](#storage)")
                .otherwise(StorageConfig.DEFAULT)
                .shown("the defaults of its keys"),
            key("http", HttpConfig.keys(folder).type(), "where the console listens, [below](#http)")
                .otherwise(HttpConfig.DEFAULT)
                .shown("the defaults of its keys"),
            key(
                    "rtsp",
                    RtspConfig.KEYS.type(),
                    "where other video systems pull streams, [below](#rtsp)")
                .otherwise(RtspConfig.OFF)
                .shown("off"),
            key("webrtc", WebRtcConfig.KEYS.type(), "live pictures by WebRTC, [below](#webrtc)")
                .otherwise(WebRtcConfig.OFF)
                .shown("off"),
            key("detector", detector.type(), "the detector and its resources, [below](#detector)")
                .otherwise(detector.defaults())
                .shown("the defaults of its keys"),
            key("plates", PlatesKeys.TYPE, "whether plates are read, [below](#plates)")
                .otherwise(PlatesConfig.OFF)
                .shown("off"),
            key(
                    "statistics",
                    StatisticsConfig.KEYS.type(),
                    "how long statistics are kept, [below](#statistics)")
                .otherwise(StatisticsConfig.DEFAULT)
                .shown("the defaults of its keys"),
            key("map", MapConfig.keys(folder).type(), "the map's tiles, [below](#map)")
                .otherwise(MapConfig.DEFAULT)
                .shown("no tiles"),
            key("audit", AuditConfig.KEYS.type(), "how long the audit is kept, [below](#audit)")
                .otherwise(AuditConfig.DEFAULT)
                .shown("the defaults of its keys"),
            key("log", LogConfig.KEYS.type(), "the form of the log, [below](#log)")
                .otherwise(LogConfig.DEFAULT)
                .shown("the defaults of its keys"),
            key(
                    "people",
                    PeopleKeys.shape(references).type(),
                    "how people log in, [below](#people)")
                .otherwise(PeopleConfig.DEFAULT)
                .shown("the defaults of its keys"),
            key("site", SiteConfig.KEYS.type(), "the place that is watched, [below](#site)")
                .otherwise(SiteConfig.DEFAULT)
                .shown("the defaults of its keys"),
            key(
                    "privacy",
                    PrivacyConfig.KEYS.type(),
                    "what is hidden on the pictures of all cameras, [below](#privacy)")
                .otherwise(PrivacyConfig.DEFAULT)
                .shown("nothing"),
            key(
                    "verifier",
                    VerifierKeys.shape(references).type(),
                    "a model that looks at alerts' pictures a second time, and decides nothing,"
                        + " [below](#verifier)")
                .shown("off"))
        .check(ConfigKeys::checkWatches);
  }

  /** Adds a problem for each {@code plate-watch} rule when no plates are read or listed. */
  private static void checkWatches(Values values, Section root) {
    Optional<String> reason =
        values.find("plates", PlatesConfig.class).flatMap(PlatesConfig::noWatch);
    if (reason.isEmpty()) {
      return;
    }
    for (Object one : values.find("cameras", List.class).orElse(List.of())) {
      CameraConfig camera = (CameraConfig) one;
      camera
          .plateWatch()
          .ifPresent(
              rule ->
                  root.place("plates")
                      .wrong(
                          "rule '%s' of camera '%s' is of type plate-watch, and %s"
                              .formatted(rule, camera.id(), reason.get())));
    }
  }
}
