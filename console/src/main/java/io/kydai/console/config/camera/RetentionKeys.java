package io.kydai.console.config.camera;

import static io.kydai.models.document.Key.key;

import io.kydai.models.document.Shape;
import io.kydai.models.document.ValueType;

/** The keys of how long a camera's recordings are kept. */
final class RetentionKeys {
  private static final int MAX_DAYS = 3_650;

  static final Shape<RetentionConfig> SHAPE =
      Shape.of(
          RetentionConfig.class,
          key(
                  "retention-days",
                  ValueType.whole(1, MAX_DAYS),
                  "the time for which recordings are kept, where the disk has room")
              .into("days")
              .unit("days")
              .otherwise(30),
          key(
                  "retention-sub-days",
                  ValueType.whole(1, MAX_DAYS),
                  "the same for the sub-stream, where both are recorded")
              .into("subDays")
              .unit("days")
              .shown("`retention-days`"),
          key(
                  "retention-thin-days",
                  ValueType.whole(0, MAX_DAYS),
                  "the age at which recordings are thinned to key frames, without sound, see"
                      + " [retention.md](retention.md#thinning); 0 for never")
              .into("thinDays")
              .unit("days")
              .shown("`storage.recordings-thin-days`"),
          key(
                  "retention-archive-days",
                  ValueType.whole(0, MAX_DAYS),
                  "the age at which recordings are moved to the archive, where there is one; 0 for"
                      + " never")
              .into("archiveDays")
              .unit("days")
              .shown("`storage.recordings-archive-days`"));

  private RetentionKeys() {}
}
