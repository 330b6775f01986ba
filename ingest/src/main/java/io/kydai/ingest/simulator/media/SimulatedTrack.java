package io.kydai.ingest.simulator.media;

import java.util.List;

/** A media track that a camera offers. */
public interface SimulatedTrack {
  /** Returns the RTP payload type. */
  int payloadType();

  /** Returns the rate of the RTP timestamps, in ticks per second. */
  int clockRate();

  /** Returns the number of units per second. */
  double rate();

  /** Returns whether the last packet of a unit has the marker bit. */
  boolean marks();

  /** Returns the lines of the SDP's {@code m=} section, without the control attribute. */
  List<String> description();

  /** Returns the unit at an index of the endless loop. */
  MediaUnit unit(long index);
}
