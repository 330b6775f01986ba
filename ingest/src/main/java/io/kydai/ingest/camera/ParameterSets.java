package io.kydai.ingest.camera;

import io.kydai.ingest.media.CodecParameters;
import io.kydai.ingest.rtp.packet.Picture;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The current parameter sets of a connection's video. */
public interface ParameterSets {
  /**
   * Adds a parameter set. A NAL unit that is no parameter set or is malformed is ignored.
   *
   * @param nal the NAL unit with its header
   */
  void accept(byte[] nal);

  /**
   * Returns the codec parameters for decoding a picture; empty when a parameter set is missing. The
   * same instance is returned until something changes.
   */
  Optional<CodecParameters> parameters(Picture picture);

  /**
   * Returns how many pictures may precede a picture in decoding order and follow it in output
   * order; null when the stream does not give it.
   */
  @Nullable Integer reorderDepth(Picture picture);
}
