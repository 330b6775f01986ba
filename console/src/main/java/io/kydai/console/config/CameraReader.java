package io.kydai.console.config;

import io.kydai.analytics.budget.Attention;
import io.kydai.analytics.rules.RuleSpec;
import io.kydai.analytics.scene.Scene;
import io.kydai.ingest.CameraId;
import io.kydai.ingest.CameraSource;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads a camera, from the file or from JSON. */
final class CameraReader {
  private static final int MAX_NAME = 200;
  private static final int MAX_URL = 2_000;
  private static final int MAX_ADDRESS = 300;
  private static final int MAX_PURPOSE = 1_000;
  private static final int MAX_RETENTION_DAYS = 3_650;
  private static final String URL = "an address such as rtsp://host:554/path";

  private final Purpose purpose;
  private final References references;

  CameraReader(Purpose purpose, References references) {
    this.purpose = purpose;
    this.references = references;
  }

  /**
   * @param taken ids of the cameras before it
   * @param given the id, where it is known without the section
   */
  Optional<CameraConfig> camera(
      Section section, Map<String, Value> taken, Optional<CameraId> given) {
    Problems problems = section.place("id").problems();
    int before = problems.count();
    Optional<CameraId> id = given.isPresent() ? same(section, given.get()) : id(section, taken);
    Optional<String> name = section.get("name").flatMap(value -> value.text(MAX_NAME));
    Optional<Secret> url = url(section, id);
    Optional<URI> onvif =
        section
            .get("onvif")
            .flatMap(value -> value.text(MAX_URL).flatMap(text -> onvif(text, value)));
    ConnectionConfig connection =
        new ConnectionReader(references)
            .connection(section, url.map(address -> source(id, address)), onvif);
    Optional<PlaceConfig> place = section.get("place").flatMap(CameraReader::place);
    Optional<String> why = section.get("purpose").flatMap(value -> value.text(MAX_PURPOSE));
    int days =
        section
            .get("retention-days")
            .flatMap(value -> value.whole(1, MAX_RETENTION_DAYS))
            .orElse(CameraConfig.DEFAULT_RETENTION_DAYS);
    int beforeScene = problems.count();
    Scene scene = section.get("scene").map(SceneReader::scene).orElse(Scene.EMPTY);
    boolean sceneIsRight = problems.count() == beforeScene;
    List<RuleSpec> rules =
        section.get("rules").isEmpty() && purpose == Purpose.SERVER
            ? CameraConfig.DEFAULT_RULES
            : SceneReader.rules(
                id.orElse(new CameraId("unnamed")),
                SceneReader.items(section, "rules"),
                scene,
                sceneIsRight);
    Attention attention = AttentionReader.attention(section);
    section.end();
    return id.isPresent() && problems.count() == before
        ? id.map(
            known ->
                new CameraConfig(
                    known,
                    name.orElse(known.value()),
                    url,
                    connection,
                    onvif,
                    place,
                    why,
                    days,
                    scene,
                    rules,
                    attention))
        : Optional.empty();
  }

  private static Optional<CameraId> id(Section section, Map<String, Value> taken) {
    Optional<Value> value = section.need("id", "the camera's id");
    Optional<CameraId> id = value.flatMap(v -> v.text(MAX_NAME).flatMap(text -> valid(text, v)));
    return id.flatMap(
        known -> SceneReader.unique(known.value(), value.get(), taken).map(unique -> known));
  }

  private static Optional<CameraId> same(Section section, CameraId given) {
    Optional<Value> value = section.get("id");
    if (value.isPresent()) {
      Optional<String> id = value.get().text(MAX_NAME);
      if (id.isPresent() && !id.get().equals(given.value())) {
        return value.get().wrong("the same id as in the address, '" + given + "', is expected");
      }
    }
    return Optional.of(given);
  }

  private static Optional<CameraId> valid(String text, Value at) {
    try {
      return Optional.of(new CameraId(text));
    } catch (IllegalArgumentException e) {
      return at.wrong(e.getMessage());
    }
  }

  private Optional<Secret> url(Section section, Optional<CameraId> id) {
    Optional<Value> value =
        purpose == Purpose.SERVER ? section.need("url", URL) : section.get("url");
    Optional<Secret> url =
        value.flatMap(at -> at.text(MAX_URL).flatMap(text -> references.resolve(text, at)));
    if (url.isPresent()) {
      try {
        source(id, url.get());
      } catch (IllegalArgumentException e) {
        return value.get().wrong(e.getMessage());
      }
    }
    return url;
  }

  private static CameraSource source(Optional<CameraId> id, Secret url) {
    return CameraSource.of(id.orElse(new CameraId("unnamed")), url.value());
  }

  private static Optional<URI> onvif(String text, Value at) {
    String expected =
        "an address such as http://host/onvif/device_service, without user and password (those of"
            + " 'url' are used), is expected";
    try {
      URI address = new URI(text);
      boolean right =
          address.getScheme() != null
              && address.getScheme().matches("https?")
              && address.getHost() != null
              && address.getPort() != 0
              && address.getPort() <= 65_535
              && address.getRawUserInfo() == null
              && address.getRawFragment() == null;
      return right ? Optional.of(address) : at.wrong(expected);
    } catch (URISyntaxException e) {
      return at.wrong(expected);
    }
  }

  private static Optional<PlaceConfig> place(Value value) {
    Optional<Section> section = value.section();
    if (section.isEmpty()) {
      return Optional.empty();
    }
    Optional<Value> lat = section.get().get("lat");
    Optional<Value> lon = section.get().get("lon");
    if (lat.isPresent() != lon.isPresent()) {
      section.get().need(lat.isPresent() ? "lon" : "lat", "a position has both lat and lon; it");
    }
    Optional<Double> north = lat.flatMap(at -> at.number(-90, 90));
    Optional<Double> east = lon.flatMap(at -> at.number(-180, 180));
    Optional<String> address = section.get().get("address").flatMap(at -> at.text(MAX_ADDRESS));
    section.get().end();
    return Optional.of(
        new PlaceConfig(
            north.flatMap(n -> east.map(e -> new PlaceConfig.Position(n, e))), address));
  }
}
