package io.kydai.console.config;

import static java.util.Objects.requireNonNull;

import io.kydai.ingest.CameraId;
import java.util.List;
import java.util.Optional;

/** All that a node is told to do, checked. */
public record KydaiConfig(
    List<CameraConfig> cameras,
    List<WebhookConfig> webhooks,
    StorageConfig storage,
    HttpConfig http,
    DetectorConfig detector) {

  /** No cameras, no webhooks, every default. */
  public static final KydaiConfig DEFAULT =
      new KydaiConfig(
          List.of(), List.of(), StorageConfig.DEFAULT, HttpConfig.DEFAULT, DetectorConfig.DEFAULT);

  public KydaiConfig {
    cameras = List.copyOf(cameras);
    webhooks = List.copyOf(webhooks);
    requireNonNull(storage);
    requireNonNull(http);
    requireNonNull(detector);
  }

  public Optional<CameraConfig> camera(CameraId id) {
    return cameras.stream().filter(camera -> camera.id().equals(id)).findFirst();
  }
}
