package io.kydai.streaming.live.event;

import static java.util.Objects.requireNonNull;

import io.kydai.ingest.media.CodecParameters;
import java.nio.ByteBuffer;

/**
 * One event of a camera's live stream. A subscriber gets them in this order: an {@link
 * Initialisation}, then {@link Fragment}s and {@link LiveObservation}s; another initialisation
 * before the first key frame of other codec parameters; a {@link Gap} before a key frame that does
 * not follow on the fragment before it (and before the initialisation, where both come); one {@link
 * End}, after which nothing comes.
 */
public sealed interface LiveEvent
    permits LiveEvent.Initialisation, Fragment, LiveEvent.Gap, LiveObservation, LiveEvent.End {

  /**
   * What a player needs before the fragments of these codec parameters.
   *
   * @param parameters codec and size in pixels
   * @param segment {@code ftyp} and {@code moov} (W3C "ISO BMFF Byte Stream Format", section 3);
   *     read-only, at position 0
   */
  record Initialisation(CodecParameters parameters, ByteBuffer segment) implements LiveEvent {
    public Initialisation {
      requireNonNull(parameters);
      segment = segment.asReadOnlyBuffer();
    }

    /** A view of its own for each caller, on the same bytes; read-only. */
    @Override
    public ByteBuffer segment() {
      return segment.duplicate();
    }
  }

  /**
   * Fragments are missing between the one before and the key frame that comes next.
   *
   * @param mediaTime of that key frame, 1/90000 s
   * @param reason the first one, where there are several
   */
  record Gap(long mediaTime, Reason reason) implements LiveEvent {
    /** Why fragments are missing. */
    public enum Reason {
      /** The camera's stream broke off, as at a reconnect. */
      DISCONTINUITY,
      /** Access units were damaged on the way from the camera. */
      DAMAGED,
      /** Access units were left out before they came here, for want of time. */
      OVERLOAD,
      /** The subscriber was not ready in time. */
      SLOW_SUBSCRIBER
    }

    public Gap {
      requireNonNull(reason);
    }
  }

  /** The camera was removed; nothing comes after this. */
  record End() implements LiveEvent {}
}
