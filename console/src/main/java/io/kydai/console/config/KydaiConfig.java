package io.kydai.console.config;

import static java.util.Objects.requireNonNull;

import io.kydai.console.config.camera.CameraConfig;
import io.kydai.ingest.source.CameraId;
import java.util.List;
import java.util.Optional;

/** The checked configuration of a node. */
public record KydaiConfig(
    List<CameraConfig> cameras,
    List<WebhookConfig> webhooks,
    StorageConfig storage,
    HttpConfig http,
    DetectorConfig detector,
    PlatesConfig plates) {

  /** No cameras, no webhooks, every default. */
  public static final KydaiConfig DEFAULT =
      new KydaiConfig(
          List.of(), List.of(), StorageConfig.DEFAULT, HttpConfig.DEFAULT, DetectorConfig.DEFAULT);

  /** A node that reads no plates. */
  public KydaiConfig(
      List<CameraConfig> cameras,
      List<WebhookConfig> webhooks,
      StorageConfig storage,
      HttpConfig http,
      DetectorConfig detector) {
    this(cameras, webhooks, storage, http, detector, PlatesConfig.OFF);
  }

  public KydaiConfig {
    cameras = List.copyOf(cameras);
    webhooks = List.copyOf(webhooks);
    requireNonNull(storage);
    requireNonNull(http);
    requireNonNull(detector);
    requireNonNull(plates);
  }

  /** This configuration with other cameras. */
  public KydaiConfig withCameras(List<CameraConfig> other) {
    return new KydaiConfig(other, webhooks, storage, http, detector, plates);
  }

  /** This configuration with other settings of the console's server. */
  public KydaiConfig withHttp(HttpConfig other) {
    return new KydaiConfig(cameras, webhooks, storage, other, detector, plates);
  }

  /** Returns the camera of an id; empty where there is none. */
  public Optional<CameraConfig> camera(CameraId id) {
    return cameras.stream().filter(camera -> camera.id().equals(id)).findFirst();
  }
}
