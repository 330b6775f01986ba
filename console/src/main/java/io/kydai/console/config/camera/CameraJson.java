package io.kydai.console.config.camera;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kydai.console.config.tree.JsonTree;
import io.kydai.console.config.tree.References;
import io.kydai.console.config.tree.Secret;
import io.kydai.ingest.source.CameraId;
import io.kydai.models.document.ConfigException;
import io.kydai.models.document.MalformedException;
import io.kydai.models.document.Problems;
import io.kydai.models.document.Shape;
import io.kydai.models.document.Tree;
import io.kydai.models.document.Value;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Reads and writes a camera as JSON with the keys of the configuration file.
 *
 * <p>A camera is written as maps and lists, because {@link CameraKeys} already declares each key
 * for reading, writing, documentation and schema; a record for the JSON would list the keys a
 * second time.
 */
public final class CameraJson {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final Shape<CameraConfig> SENT =
      CameraKeys.shape(Purpose.SERVER, References.forbidden());

  private CameraJson() {}

  /**
   * Reads a camera that a client sent. References to secrets are refused.
   *
   * @param body the JSON in UTF-8, at most 1 MiB
   * @throws ConfigException when it is wrong; each problem has a JSON pointer
   */
  public static CameraConfig read(byte[] body) {
    return read(body, SENT);
  }

  /**
   * Reads a camera that a client sent for a given id. The body may omit the id, and must not have
   * another one.
   *
   * @throws ConfigException when it is wrong; each problem has a JSON pointer
   */
  public static CameraConfig read(CameraId id, byte[] body) {
    return read(body, CameraKeys.shape(Purpose.SERVER, References.forbidden(), id));
  }

  /**
   * Reads a camera of a document. References to secrets are refused.
   *
   * @param problems gets what is wrong
   * @return empty when it is wrong
   */
  public static Optional<CameraConfig> read(Tree camera, Problems problems) {
    return SENT.type().read(Value.root(camera, problems));
  }

  /**
   * Returns a camera for display, whose address has neither user nor password, as maps, lists and
   * scalars in the order of the keys' declarations.
   */
  public static Map<String, Object> write(CameraConfig camera) {
    Optional<String> shown = camera.shownUrl();
    CameraConfig masked =
        camera.withSecondUrl(camera.shownSecondUrl().map(Secret::of).orElse(null));
    return SENT.write(
        shown.isPresent() ? masked.withUrl(Secret.of(shown.get())) : masked.withoutUrl());
  }

  /** Returns a camera for storage, with references to secrets unresolved. */
  public static String toStorage(CameraConfig camera) {
    try {
      return MAPPER.writeValueAsString(SENT.write(camera));
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Reads a camera that {@link #toStorage} wrote.
   *
   * @throws ConfigException when it is no longer valid, for example because a secret to which it
   *     refers is missing
   */
  public static CameraConfig fromStorage(String json) {
    return fromStorage(json, System::getenv);
  }

  static CameraConfig fromStorage(String json, UnaryOperator<String> environment) {
    return read(
        json.getBytes(UTF_8),
        CameraKeys.shape(
            Purpose.ANALYSIS, References.to(environment, Path.of("").toAbsolutePath())));
  }

  private static CameraConfig read(byte[] body, Shape<CameraConfig> shape) {
    Problems problems = new Problems();
    try {
      if (body.length > Tree.MAX_BYTES) {
        throw new MalformedException(0, "the body is larger than 1 MiB");
      }
      Optional<CameraConfig> camera = shape.type().read(Value.root(JsonTree.parse(body), problems));
      problems.check("");
      return camera.orElseThrow();
    } catch (MalformedException e) {
      throw new ConfigException("", List.of(e.problem()));
    }
  }
}
