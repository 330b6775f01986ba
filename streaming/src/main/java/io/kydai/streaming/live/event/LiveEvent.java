package io.kydai.streaming.live.event;

import static java.util.Objects.requireNonNull;

import io.kydai.ingest.media.CodecParameters;
import java.nio.ByteBuffer;

/**
 * One event of a camera's live stream. A subscriber gets them in this order: an {@link
 * Initialisation}, then {@link Fragment}s and {@link LiveObservation}s; another initialisation
 * before the first key frame of other codec parameters; a {@link Gap} before a key frame that does
 * not follow on the fragment before it (and before the initialisation, where both come); where the
 * pictures are not of the stream that is analysed, an {@link Alignment} behind the initialisation
 * and whenever it changes; one {@link End}, after which nothing comes.
 */
public sealed interface LiveEvent
    permits LiveEvent.Initialisation,
        Fragment,
        LiveEvent.Gap,
        LiveEvent.Alignment,
        LiveObservation,
        LiveEvent.End {

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

  /**
   * How the times of observations are found on a stream that is not the analysed one: the
   * observation that belongs to a picture has the picture's media time plus {@code offset}.
   *
   * @param basis by what the two streams' clocks were compared
   * @param offset 1/90000 s; 0 where they cannot be compared
   */
  record Alignment(Basis basis, long offset) implements LiveEvent {
    /** What two streams' clocks are compared by. */
    public enum Basis {
      /** Both streams' RTCP sender reports, which name one clock of the camera. */
      SENDER_REPORTS,
      /** When pictures arrived: right but for the difference of the two encoders' delays. */
      ARRIVAL,
      /** They cannot be compared now: no observation belongs to these pictures. */
      NONE
    }

    public Alignment {
      requireNonNull(basis);
    }
  }

  /** The camera was removed; nothing comes after this. */
  record End() implements LiveEvent {}
}
