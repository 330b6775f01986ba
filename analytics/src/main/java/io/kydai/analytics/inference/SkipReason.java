package io.kydai.analytics.inference;

import java.util.Locale;

/** Why a picture was not analysed. */
public enum SkipReason {
  /** More often is not wanted of this camera, or there is no time for it. */
  RATE,
  /** It was wanted, but a newer one came before an inference worker had time. */
  BUSY,
  /** Nothing moves before the camera. */
  IDLE,
  /** It is not newer than the one before it. */
  OUT_OF_ORDER,
  /** It was not decoded: the decode threads fell behind. */
  QUEUE_FULL,
  /** It could not be decoded. */
  DECODE_ERROR;

  /** As in metrics and answers. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
