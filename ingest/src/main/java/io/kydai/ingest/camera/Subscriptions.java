package io.kydai.ingest.camera;

import io.kydai.ingest.media.AccessUnit;
import io.kydai.ingest.media.AudioFrame;
import io.kydai.ingest.media.MetadataDocument;

/** Who gets what of the cameras. */
public record Subscriptions(
    Subscribers<AccessUnit> accessUnits,
    Subscribers<AudioFrame> audio,
    Subscribers<MetadataDocument> metadata) {
  public Subscriptions() {
    this(new Subscribers<>(), new Subscribers<>(), new Subscribers<>());
  }
}
