package io.kydai.ingest.media;

import static java.util.Objects.requireNonNull;

import io.kydai.ingest.source.CameraId;
import java.nio.ByteBuffer;
import java.time.Instant;

/**
 * An XML document that a camera sent beside its pictures (ONVIF Streaming Specification, section
 * 5.2): what it sees, and events. It is handed on as it came and was not parsed: whoever parses it
 * must forbid external entities. Immutable, on the heap.
 *
 * @param wallClock when it was complete
 * @param xml read-only
 */
public record MetadataDocument(CameraId camera, Instant wallClock, ByteBuffer xml) {
  public MetadataDocument {
    requireNonNull(camera);
    requireNonNull(wallClock);
    xml = xml.asReadOnlyBuffer();
  }

  /** A view of its own, so that a reader's position disturbs no other reader. */
  @Override
  public ByteBuffer xml() {
    return xml.duplicate();
  }
}
