package io.kydai.ingest;

/** Who gets what of the cameras. */
record Subscriptions(
    Subscribers<AccessUnit> accessUnits,
    Subscribers<AudioFrame> audio,
    Subscribers<MetadataDocument> metadata) {
  Subscriptions() {
    this(new Subscribers<>(), new Subscribers<>(), new Subscribers<>());
  }
}
