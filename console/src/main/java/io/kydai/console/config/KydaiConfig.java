package io.kydai.console.config;

import static java.util.Objects.requireNonNull;

import io.kydai.console.config.camera.CameraConfig;
import io.kydai.ingest.source.CameraId;
import io.kydai.models.document.Records;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The checked configuration of a node, with one component for each section of the file.
 *
 * @param verifier null where no machine looks at alerts a second time
 */
public record KydaiConfig(
    List<CameraConfig> cameras,
    List<WebhookConfig> webhooks,
    StorageConfig storage,
    HttpConfig http,
    RtspConfig rtsp,
    WebRtcConfig webrtc,
    DetectorConfig detector,
    PlatesConfig plates,
    StatisticsConfig statistics,
    MapConfig map,
    AuditConfig audit,
    LogConfig log,
    PeopleConfig people,
    SiteConfig site,
    PrivacyConfig privacy,
    @Nullable VerifierConfig verifier) {

  /** The configuration without cameras and webhooks, and with every default. */
  public static final KydaiConfig DEFAULT =
      new KydaiConfig(
          List.of(), List.of(), StorageConfig.DEFAULT, HttpConfig.DEFAULT, DetectorConfig.DEFAULT);

  /**
   * Creates a configuration of a node that does not read plates, with the defaults of the other
   * sections.
   */
  public KydaiConfig(
      List<CameraConfig> cameras,
      List<WebhookConfig> webhooks,
      StorageConfig storage,
      HttpConfig http,
      DetectorConfig detector) {
    this(
        cameras,
        webhooks,
        storage,
        http,
        RtspConfig.OFF,
        WebRtcConfig.OFF,
        detector,
        PlatesConfig.OFF,
        StatisticsConfig.DEFAULT,
        MapConfig.DEFAULT,
        AuditConfig.DEFAULT,
        LogConfig.DEFAULT,
        PeopleConfig.DEFAULT,
        SiteConfig.DEFAULT,
        PrivacyConfig.DEFAULT,
        null);
  }

  public KydaiConfig {
    cameras = List.copyOf(cameras);
    webhooks = List.copyOf(webhooks);
    requireNonNull(storage);
    requireNonNull(http);
    requireNonNull(rtsp);
    requireNonNull(webrtc);
    requireNonNull(detector);
    requireNonNull(plates);
    requireNonNull(statistics);
    requireNonNull(map);
    requireNonNull(audit);
    requireNonNull(log);
    requireNonNull(people);
    requireNonNull(site);
    requireNonNull(privacy);
  }

  /** Returns a copy with other cameras. */
  public KydaiConfig withCameras(List<CameraConfig> other) {
    return Records.with(this, Map.of("cameras", other));
  }

  /** Returns a copy with other addresses of the HTTP server. */
  public KydaiConfig withHttp(HttpConfig other) {
    return Records.with(this, Map.of("http", other));
  }

  /** Returns the camera with an id; empty when there is none. */
  public Optional<CameraConfig> camera(CameraId id) {
    return cameras.stream().filter(camera -> camera.id().equals(id)).findFirst();
  }
}
