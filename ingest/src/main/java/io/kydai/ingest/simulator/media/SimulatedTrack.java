package io.kydai.ingest.simulator.media;

import java.util.List;

/** One of the streams that a camera offers. */
public interface SimulatedTrack {
  int payloadType();

  /** Of the RTP time, per second. */
  int clockRate();

  /** Units per second. */
  double rate();

  /** Whether a unit's last packet carries the marker. */
  boolean marks();

  /** The SDP's {@code m=} section, without its control address. */
  List<String> description();

  /** The unit at a place of the endless loop. */
  MediaUnit unit(long index);
}
