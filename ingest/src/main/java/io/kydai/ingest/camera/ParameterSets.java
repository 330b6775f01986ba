package io.kydai.ingest.camera;

import io.kydai.ingest.media.CodecParameters;
import io.kydai.ingest.rtp.Picture;
import java.util.Optional;
import java.util.OptionalInt;

/** What a connection's pictures are to be decoded with, as it is now. */
public interface ParameterSets {
  /** Takes a parameter set; what is none, or cannot be read, is passed over. */
  void accept(byte[] nal);

  /**
   * What this picture is decoded with. The same instance until something changes; empty when
   * something is missing.
   */
  Optional<CodecParameters> parameters(Picture picture);

  /** How many pictures may come before one that is shown before them; empty where nobody says. */
  OptionalInt reorderDepth(Picture picture);
}
