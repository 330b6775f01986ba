package io.kydai.console.config;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kydai.analytics.Point;
import io.kydai.analytics.budget.Attention;
import io.kydai.analytics.rules.RuleSpec;
import io.kydai.analytics.scene.Arrow;
import io.kydai.analytics.scene.Calibration;
import io.kydai.analytics.scene.Landmark;
import io.kydai.analytics.scene.Landmark.Unit;
import io.kydai.analytics.scene.Line;
import io.kydai.analytics.scene.Scene;
import io.kydai.analytics.scene.Zone;
import io.kydai.analytics.scene.ZoneUse;
import io.kydai.ingest.CameraId;
import io.kydai.ingest.TlsTrust;
import io.kydai.ingest.Transport;
import java.nio.file.Path;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** A camera as JSON, with the keys of the configuration file. */
public final class CameraJson {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private CameraJson() {}

  /**
   * Reads a camera that somebody sent. References to secrets are refused.
   *
   * @param body UTF-8, at most 1 MiB
   * @throws ConfigException when it is wrong; each problem has its JSON pointer
   */
  public static CameraConfig read(byte[] body) {
    return read(body, Optional.empty(), Purpose.SERVER, References.forbidden());
  }

  /**
   * Reads a camera that somebody sent for an id; the body may leave the id out, or must have the
   * same.
   *
   * @throws ConfigException when it is wrong
   */
  public static CameraConfig read(CameraId id, byte[] body) {
    return read(body, Optional.of(id), Purpose.SERVER, References.forbidden());
  }

  /** The camera as everybody may see it: the address without user and password. */
  public static ObjectNode write(CameraConfig camera) {
    return write(camera, camera.shownUrl());
  }

  /** The camera as it is kept on disk, with references to secrets as they were written. */
  public static String toStorage(CameraConfig camera) {
    return write(camera, camera.url().map(Secret::written)).toString();
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
        Optional.empty(),
        Purpose.ANALYSIS,
        References.to(environment, Path.of("").toAbsolutePath()));
  }

  private static CameraConfig read(
      byte[] body, Optional<CameraId> id, Purpose purpose, References references) {
    Problems problems = new Problems();
    try {
      if (body.length > ConfigFile.MAX_BYTES) {
        throw new MalformedException(0, "it is larger than 1 MiB");
      }
      Optional<CameraConfig> camera =
          Value.root(JsonTree.parse(body), problems)
              .section()
              .flatMap(
                  section ->
                      new CameraReader(purpose, references).camera(section, new HashMap<>(), id));
      problems.check("");
      return camera.orElseThrow();
    } catch (MalformedException e) {
      throw new ConfigException("", List.of(new ConfigProblem("", "", e.line(), e.getMessage())));
    }
  }

  private static ObjectNode write(CameraConfig camera, Optional<String> url) {
    ObjectNode json = MAPPER.createObjectNode();
    json.put("id", camera.id().value());
    json.put("name", camera.name());
    url.ifPresent(address -> json.put("url", address));
    connection(camera.connection(), json);
    camera.onvif().ifPresent(address -> json.put("onvif", address.toString()));
    camera.place().ifPresent(place -> json.set("place", place(place)));
    camera.purpose().ifPresent(purpose -> json.put("purpose", purpose));
    json.put("retention-days", camera.retentionDays());
    json.set("scene", scene(camera.scene()));
    ArrayNode rules = json.putArray("rules");
    camera.rules().forEach(rule -> rules.add(rule(rule)));
    attention(camera.attention(), json);
    return json;
  }

  /** Only what is not as it is by default. */
  private static void attention(Attention attention, ObjectNode json) {
    if (attention.equals(Attention.DEFAULT)) {
      return;
    }
    ObjectNode node = json.putObject("analysis");
    AttentionReader.PRIORITIES.entrySet().stream()
        .filter(word -> word.getValue() == attention.priority())
        .findFirst()
        .ifPresentOrElse(
            word -> node.put("priority", word.getKey()),
            () -> node.put("priority", attention.priority()));
    attention
        .idleFps()
        .ifPresent(
            fps -> {
              if (Double.isInfinite(fps)) {
                node.put("idle-fps", AttentionReader.OFF);
              } else {
                node.put("idle-fps", fps);
              }
            });
  }

  /** Only what is not as it is by default. A file of authorities is written as what it held. */
  private static void connection(ConnectionConfig connection, ObjectNode json) {
    if (connection.transport() != Transport.AUTO) {
      json.put("transport", connection.transport().name().toLowerCase(Locale.ROOT));
    }
    if (connection.trust() instanceof TlsTrust.Fingerprint pinned) {
      json.putObject("tls").put("fingerprint", pinned.sha256());
    } else if (connection.trust() instanceof TlsTrust.Authorities known) {
      ArrayNode authorities = json.putObject("tls").putArray("authorities");
      known.certificates().forEach(one -> authorities.add(encoded(one)));
    }
  }

  private static byte[] encoded(X509Certificate certificate) {
    try {
      return certificate.getEncoded();
    } catch (CertificateEncodingException e) {
      throw new IllegalStateException("it was read from its encoding", e);
    }
  }

  private static ObjectNode place(PlaceConfig place) {
    ObjectNode json = MAPPER.createObjectNode();
    place
        .position()
        .ifPresent(position -> json.put("lat", position.lat()).put("lon", position.lon()));
    place.address().ifPresent(address -> json.put("address", address));
    return json;
  }

  private static ObjectNode scene(Scene scene) {
    ObjectNode json = MAPPER.createObjectNode();
    ArrayNode lines = json.putArray("lines");
    scene.lines().forEach(line -> lines.add(line(line)));
    ArrayNode zones = json.putArray("zones");
    scene.zones().forEach(zone -> zones.add(zone(zone)));
    scene.calibration().ifPresent(ground -> json.set("calibration", calibration(ground)));
    return json;
  }

  /** A line as a scene has it. */
  static ObjectNode line(Line line) {
    ObjectNode json = MAPPER.createObjectNode().put("id", line.id());
    json.set("from", point(line.from()));
    json.set("to", point(line.to()));
    return json;
  }

  /** A zone as a scene has it. */
  static ObjectNode zone(Zone zone) {
    ObjectNode json = MAPPER.createObjectNode().put("id", zone.id());
    ArrayNode polygon = json.putArray("polygon");
    zone.polygon().forEach(corner -> polygon.add(point(corner)));
    if (zone.use() != ZoneUse.AREA) {
      json.put("use", zone.use().name().toLowerCase(Locale.ROOT));
    }
    zone.direction().ifPresent(arrow -> json.set("direction", arrow(arrow)));
    return json;
  }

  private static ObjectNode calibration(Calibration ground) {
    ObjectNode json = MAPPER.createObjectNode();
    ground
        .lane()
        .ifPresent(
            lane -> {
              ObjectNode node = json.putObject("lane");
              node.set("left", arrow(lane.left()));
              node.set("right", arrow(lane.right()));
              node.put("width", lane.width());
              node.put("length", lane.length());
              node.put("aspect", lane.aspect());
            });
    if (ground.lane().isEmpty()) {
      ArrayNode points = json.putArray("points");
      for (Landmark mark : ground.landmarks()) {
        ObjectNode node = points.addObject();
        node.set("image", point(mark.image()));
        if (ground.unit() == Unit.METRES) {
          node.putArray("metres").add(mark.x()).add(mark.y());
        } else {
          node.putArray("wgs84").add(mark.y()).add(mark.x());
        }
      }
    }
    return json;
  }

  private static ArrayNode arrow(Arrow arrow) {
    return MAPPER.createArrayNode().add(point(arrow.from())).add(point(arrow.to()));
  }

  private static ArrayNode point(Point point) {
    return MAPPER.createArrayNode().add(point.x()).add(point.y());
  }

  /** The rule's own settings in the order of the alphabet, so that equal rules read the same. */
  private static ObjectNode rule(RuleSpec rule) {
    ObjectNode json = MAPPER.createObjectNode().put("id", rule.id()).put("type", rule.type());
    new TreeMap<>(rule.settings())
        .forEach((key, value) -> json.set(key, MAPPER.valueToTree(value)));
    return json;
  }
}
