package io.kydai.console.config;

import static io.kydai.models.document.Key.key;

import io.kydai.console.config.camera.PrivacyKeys;
import io.kydai.models.document.Shape;
import io.kydai.models.document.ValueType;
import io.kydai.streaming.privacy.BlurTarget;
import java.util.Set;

/**
 * What is hidden on the pictures of all cameras.
 *
 * @param blur from those without the permission {@code unmasked}
 * @param transcodes how many cameras are encoded anew at a time for those who watch them live
 */
public record PrivacyConfig(Set<BlurTarget> blur, int transcodes) {
  private static final int MOST_TRANSCODES = 64;
  private static final int USUAL_TRANSCODES = 4;

  static final Shape<PrivacyConfig> KEYS =
      Shape.of(
          PrivacyConfig.class,
          key(
                  "blur",
                  PrivacyKeys.BLUR,
                  "what is blurred on the pictures of every camera for those without the permission"
                      + " `unmasked`; see [privacy.md](privacy.md#masks-and-blur)")
              .otherwise(Set.of())
              .shown("nothing"),
          key(
                  "transcodes",
                  ValueType.whole(0, MOST_TRANSCODES),
                  "how many streams may be encoded anew at a time, for those who watch them live with"
                      + " masks or blur, and for browsers that cannot play a camera's codec; who"
                      + " watches a further one is refused")
              .otherwise(USUAL_TRANSCODES));

  /** Nothing is blurred. */
  public static final PrivacyConfig DEFAULT = KEYS.defaults();

  public PrivacyConfig {
    blur = Set.copyOf(blur);
  }
}
