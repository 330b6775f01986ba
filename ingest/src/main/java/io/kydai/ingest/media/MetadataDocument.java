package io.kydai.ingest.media;

import static java.util.Objects.requireNonNull;

import io.kydai.ingest.source.CameraId;
import java.nio.ByteBuffer;
import java.time.Instant;

/**
 * An XML document from a camera's metadata stream (ONVIF Streaming Specification, section 5.2) with
 * scene descriptions and events. It is unparsed and untrusted: a parser must not resolve external
 * entities. It is immutable and held on the heap.
 *
 * @param camera the camera that sent the document
 * @param wallClock the time at which the document was complete
 * @param xml the document's bytes; the buffer is read-only
 */
public record MetadataDocument(CameraId camera, Instant wallClock, ByteBuffer xml) {
  public MetadataDocument {
    requireNonNull(camera);
    requireNonNull(wallClock);
    xml = xml.asReadOnlyBuffer();
  }

  /** Returns a new view, so that readers do not share a position. */
  @Override
  public ByteBuffer xml() {
    return xml.duplicate();
  }
}
