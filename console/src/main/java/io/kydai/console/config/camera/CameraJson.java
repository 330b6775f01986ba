package io.kydai.console.config.camera;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
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
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** A camera as JSON, with the keys of the configuration file. */
public final class CameraJson {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final Shape<CameraConfig> SENT =
      CameraKeys.shape(Purpose.SERVER, References.forbidden());

  private CameraJson() {}

  /**
   * Reads a camera that somebody sent. References to secrets are refused.
   *
   * @param body UTF-8, at most 1 MiB
   * @throws ConfigException when it is wrong; each problem has its JSON pointer
   */
  public static CameraConfig read(byte[] body) {
    return read(body, SENT);
  }

  /**
   * Reads a camera that somebody sent for an id; the body may leave the id out, or must have the
   * same.
   *
   * @throws ConfigException when it is wrong
   */
  public static CameraConfig read(CameraId id, byte[] body) {
    return read(body, CameraKeys.shape(Purpose.SERVER, References.forbidden(), id));
  }

  /** The camera as everybody may see it: the address without user and password. */
  public static ObjectNode write(CameraConfig camera) {
    Optional<String> shown = camera.shownUrl();
    return json(
        SENT.write(
            shown.isPresent() ? camera.withUrl(Secret.of(shown.get())) : camera.withoutUrl()));
  }

  /** The camera as it is kept on disk, with references to secrets as they were written. */
  public static String toStorage(CameraConfig camera) {
    return json(SENT.write(camera)).toString();
  }

  /**
   * The reverse of {@link #toStorage}.
   *
   * @throws ConfigException when it does not hold any more, such as when a secret it refers to is
   *     gone
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
        throw new MalformedException(0, "it is larger than 1 MiB");
      }
      Optional<CameraConfig> camera = shape.type().read(Value.root(JsonTree.parse(body), problems));
      problems.check("");
      return camera.orElseThrow();
    } catch (MalformedException e) {
      throw new ConfigException("", List.of(e.problem()));
    }
  }

  /** What a shape has written, as JSON. */
  static ObjectNode json(Map<String, Object> written) {
    return MAPPER.valueToTree(written);
  }
}
