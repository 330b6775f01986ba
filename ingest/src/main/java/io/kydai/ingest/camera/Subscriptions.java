package io.kydai.ingest.camera;

import io.kydai.ingest.media.AccessUnit;
import io.kydai.ingest.media.AudioFrame;
import io.kydai.ingest.media.MetadataDocument;

/**
 * The subscribers of all cameras by type of item.
 *
 * @param accessUnits the subscribers of video
 * @param audio the subscribers of audio
 * @param metadata the subscribers of metadata
 */
public record Subscriptions(
    Subscribers<AccessUnit> accessUnits,
    Subscribers<AudioFrame> audio,
    Subscribers<MetadataDocument> metadata) {
  /** Creates empty lists of subscribers. */
  public Subscriptions() {
    this(new Subscribers<>(), new Subscribers<>(), new Subscribers<>());
  }
}
