package io.kydai.console.config.camera;

import static io.kydai.models.document.Key.key;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kydai.console.config.tree.JsonTree;
import io.kydai.models.document.ConfigException;
import io.kydai.models.document.Distinct;
import io.kydai.models.document.MalformedException;
import io.kydai.models.document.Problems;
import io.kydai.models.document.Shape;
import io.kydai.models.document.Value;
import io.kydai.models.document.ValueType;
import io.kydai.streaming.privacy.BlurTarget;
import io.kydai.streaming.privacy.Privacy;
import io.kydai.streaming.privacy.PrivacyMask;
import java.io.UncheckedIOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The keys of {@code privacy}: what of a camera's pictures is hidden from most people. */
public final class PrivacyKeys {
  /** The type of a list of what is blurred. */
  public static final ValueType<Set<BlurTarget>> BLUR =
      ValueType.list(ValueType.choice(BlurTarget.class), BlurTarget.values().length)
          .as(
              (targets, at) -> {
                Set<BlurTarget> set = EnumSet.noneOf(BlurTarget.class);
                set.addAll(targets);
                return Optional.of(set);
              },
              List::copyOf);

  static final Shape<PrivacyMask> MASK =
      Shape.of(
              PrivacyMask.class,
              key("id", SceneKeys.ID_TYPE, "unique among the masks")
                  .needed("a name that is unique here"),
              key(
                      "polygon",
                      ValueType.list(SceneKeys.POINT, PrivacyMask.MOST_CORNERS)
                          .with("minItems", 3)
                          .saying("3 to " + PrivacyMask.MOST_CORNERS + " of `[x, y]`"),
                      "its corners in order, closed from the last to the first, without crossing"
                          + " itself")
                  .needed("a list of at least three points [x, y]"))
          .refusedAt("polygon");

  static final Shape<Privacy> SHAPE =
      Shape.of(
          Privacy.class,
          key(
                  "masks",
                  ValueType.list(MASK.type(), Privacy.MOST_MASKS, Distinct.IDS),
                  "parts of the picture that are covered, below")
              .otherwise(List.of())
              .shown("none"),
          key(
                  "blur",
                  BLUR,
                  "what is blurred, beside what `privacy` of the node says; `faces` includes the"
                      + " upper part of persons, `plates` the lower part of vehicles")
              .otherwise(Set.of())
              .shown("nothing"));

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private PrivacyKeys() {}

  /** Returns what is hidden as JSON, as a camera's configuration has it. */
  public static String toStorage(Privacy privacy) {
    try {
      return MAPPER.writeValueAsString(SHAPE.write(privacy));
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Reads what {@link #toStorage} wrote.
   *
   * @throws ConfigException when it is something else
   */
  public static Privacy fromStorage(String json) {
    Problems problems = new Problems();
    try {
      Optional<Privacy> privacy =
          SHAPE.type().read(Value.root(JsonTree.parse(json.getBytes(UTF_8)), problems));
      problems.check("");
      return privacy.orElseThrow();
    } catch (MalformedException e) {
      throw new ConfigException("", List.of(e.problem()));
    }
  }
}
