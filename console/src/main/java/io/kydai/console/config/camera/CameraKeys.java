package io.kydai.console.config.camera;

import static io.kydai.models.document.Key.key;

import io.kydai.analytics.budget.Attention;
import io.kydai.analytics.scene.Scene;
import io.kydai.console.config.tree.References;
import io.kydai.console.config.tree.Secret;
import io.kydai.ingest.source.CameraId;
import io.kydai.ingest.source.CameraSource;
import io.kydai.ingest.source.HostAndPort;
import io.kydai.ingest.source.StreamRole;
import io.kydai.ingest.source.Transport;
import io.kydai.ingest.tls.TlsTrust;
import io.kydai.models.document.Embedded;
import io.kydai.models.document.Key;
import io.kydai.models.document.Section;
import io.kydai.models.document.Shape;
import io.kydai.models.document.Value;
import io.kydai.models.document.ValueType;
import io.kydai.models.document.Values;
import io.kydai.streaming.privacy.Privacy;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The keys of a camera in the configuration file and in JSON. */
public final class CameraKeys {
  private static final int MAX_NAME = 200;
  private static final int MAX_URL = 2_000;
  private static final int MAX_ADDRESS = 300;
  private static final int MAX_GROUP = 63;
  private static final int MAX_GROUPS = 50;
  private static final int MAX_PURPOSE = 1_000;
  private static final CameraId UNNAMED = new CameraId("unnamed");

  private static final ValueType<CameraId> ID =
      ValueType.text(MAX_NAME)
          .as((text, at) -> at.made(() -> new CameraId(text)), CameraId::value)
          .with("pattern", "^[a-z0-9][a-z0-9_-]{0,62}$", "maxLength", 63)
          .saying("1 to 63 of `a-z`, `0-9`, `-`, `_`; begins with a letter or digit");

  static final Shape<Place> PLACE =
      Shape.of(
              Place.class,
              key("lat", ValueType.number(-90, 90), "WGS84; both `lat` and `lon`, or neither")
                  .unit("degrees north"),
              key("lon", ValueType.number(-180, 180), "WGS84").unit("degrees east"),
              key("address", ValueType.text(MAX_ADDRESS), "for people"),
              key(
                      "bearing",
                      ValueType.number(0, 360),
                      "the direction in which the camera looks, clockwise from north; needs a"
                          + " position")
                  .unit("degrees"),
              key(
                      "view-angle",
                      ValueType.number(1, 360),
                      "the width of the field of view on the map")
                  .unit("degrees")
                  .shown("60, where `bearing` is given"),
              key(
                      "range",
                      ValueType.number(1, 5_000),
                      "how far the field of view reaches on the map")
                  .unit("m")
                  .shown("50, where `bearing` is given"))
          .check(CameraKeys::both);

  private static final ValueType<PlaceConfig> PLACE_TYPE =
      PLACE.type().as((keys, at) -> Optional.of(keys.place()), Place::of);

  private static final ValueType<Set<String>> GROUPS =
      ValueType.list(ValueType.text(MAX_GROUP), MAX_GROUPS)
          .as((names, at) -> Optional.of(new LinkedHashSet<>(names)), List::copyOf);

  private CameraKeys() {}

  /** Returns the keys of a camera whose id is required. */
  public static Shape<CameraConfig> shape(Purpose purpose, References references) {
    return shape(purpose, references, key("id", ID, "unique").needed("the camera's id"));
  }

  /** Returns the keys of a camera with a given id, which may be omitted and must not differ. */
  static Shape<CameraConfig> shape(Purpose purpose, References references, CameraId given) {
    ValueType<CameraId> same =
        ID.as(
            (id, at) ->
                id.equals(given)
                    ? Optional.of(id)
                    : at.wrong("the same id as in the address, '" + given + "', is expected"),
            id -> id);
    return shape(purpose, references, key("id", same, "as in the address").otherwise(given));
  }

  /** Returns every section of a camera with its keys, by the section's name in documentation. */
  public static Map<String, Shape<?>> sections() {
    Map<String, Shape<?>> sections = new LinkedHashMap<>();
    sections.put("camera", shape(Purpose.SERVER, References.forbidden()));
    sections.put("place", PLACE);
    sections.put("tls", ConnectionKeys.tls(References.forbidden()));
    sections.put("analysis", AttentionKeys.SHAPE);
    sections.put("scene", SceneKeys.SHAPE);
    sections.put("line", SceneKeys.LINE);
    sections.put("zone", SceneKeys.ZONE);
    sections.put("camera privacy", PrivacyKeys.SHAPE);
    sections.put("mask", PrivacyKeys.MASK);
    sections.put("calibration", CalibrationKeys.SHAPE);
    sections.put("calibration point", CalibrationKeys.POINT);
    sections.put("calibration lane", CalibrationKeys.LANE);
    return sections;
  }

  private static Shape<CameraConfig> shape(
      Purpose purpose, References references, Key<CameraId> id) {
    return Shape.of(
            CameraConfig.class,
            id,
            key("name", ValueType.text(MAX_NAME), "for people")
                .otherwise(before -> before.find("id", CameraId.class).map(CameraId::value))
                .shown("the id"),
            url(purpose, references),
            new Embedded<>("connection", ConnectionKeys.shape(references)),
            new Embedded<>("second", second(references)),
            key(
                "onvif",
                ValueType.text(MAX_URL).as(CameraKeys::onvif, URI::toString).saying("address"),
                "the camera's ONVIF device service, such as"
                    + " `http://10.0.0.5/onvif/device_service`, without user and password: those of"
                    + " `url` are used, where both name the same host. Needed only for moving the"
                    + " camera; see [onvif.md](onvif.md)"),
            key("place", PLACE_TYPE, "the place of installation, [below](#place)"),
            key(
                    "groups",
                    GROUPS,
                    "the groups that the camera belongs to, such as a district; rights may be"
                        + " granted on them")
                .otherwise(Set.of())
                .unwrittenByDefault()
                .shown("none"),
            key("purpose", ValueType.text(MAX_PURPOSE), "what the camera is for, in words"),
            new Embedded<>("recording", RecordingKeys.SHAPE),
            new Embedded<>("retention", RetentionKeys.SHAPE),
            key(
                    "scene",
                    SceneKeys.SHAPE.type(),
                    "lines and zones of the picture, and its calibration, [below](#scene)")
                .otherwise(Scene.EMPTY)
                .shown("empty"),
            key(
                    "privacy",
                    PrivacyKeys.SHAPE.type(),
                    "what is hidden from those without the permission `unmasked`,"
                        + " [below](#privacy-of-a-camera)")
                .otherwise(Privacy.NONE)
                .unwrittenByDefault()
                .shown("nothing"),
            key("rules", RuleKeys::rules, "the rules of the camera, [below](#rules); `[]` for none")
                .otherwise(purpose == Purpose.SERVER ? CameraConfig.DEFAULT_RULES : List.of())
                .shown("`signal-lost` and `tamper`"),
            key(
                    "analysis",
                    AttentionKeys.TYPE,
                    "the camera's share of the analysis, [below](#analysis)")
                .into("attention")
                .otherwise(Attention.DEFAULT)
                .unwrittenByDefault()
                .shown("of normal priority"))
        .check(CameraKeys::checkConnection)
        .check(CameraKeys::checkStreams);
  }

  private static Key<Secret> url(Purpose purpose, References references) {
    Key<Secret> url =
        key(
                "url",
                address(references),
                "`rtsp://user:password@host:port/path`; `rtsps://` for an encrypted connection"
                    + " (port 322 where none is given). User and password are percent-encoded where"
                    + " they must be. A host may have underscores; an international one is turned"
                    + " into Punycode. It is what is analysed and recorded: best the sub-stream")
            .shown("needed by a server; may be omitted for `scripts/analyze`");
    return purpose == Purpose.SERVER ? url.needed("an address such as rtsp://host:554/path") : url;
  }

  private static ValueType<Secret> address(References references) {
    return ValueType.text(MAX_URL)
        .as(references::resolve, Secret::written)
        .as(
            (address, at) ->
                at.made(() -> CameraSource.of(UNNAMED, address.value())).map(right -> address),
            address -> address)
        .saying("address, up to 2,000 characters");
  }

  private static Shape<SecondStreamConfig> second(References references) {
    return Shape.of(
        SecondStreamConfig.class,
        key(
                "second-url",
                address(references),
                "the camera's other stream, received while somebody looks at it or it is recorded; see"
                    + " [second-stream.md](second-stream.md). Without a user, those of `url`"
                    + " are used, where both name the same host")
            .into("url"),
        key(
                "second-role",
                ValueType.choice(StreamRole.class),
                "what `second-url` is: the `main` stream, shown where the camera is enlarged, or the"
                    + " `sub`-stream, shown in small tiles; `url` is the other")
            .into("role")
            .otherwise(StreamRole.MAIN)
            .unwrittenByDefault());
  }

  /** Adds a problem for each connection setting that does not fit the address. */
  private static void checkConnection(Values values, Section section) {
    CameraId id = values.find("id", CameraId.class).orElse(UNNAMED);
    CameraSource source =
        values.find("url", Secret.class).map(url -> CameraSource.of(id, url.value())).orElse(null);
    boolean secureOnvif =
        values.find("onvif", URI.class).filter(at -> at.getScheme().equals("https")).isPresent();
    if (values.given("transport")) {
      Transport transport = values.find("transport", Transport.class).orElseThrow();
      fits(source, section.place("transport"), one -> one.over(transport));
    }
    if (values.given("tls") && !secureOnvif) {
      TlsTrust trust = values.find("tls", TlsTrust.class).orElseThrow();
      fits(source, section.place("tls"), one -> one.trusting(trust));
    }
  }

  /** Two streams are recorded of a camera that has two. */
  private static void checkStreams(Values values, Section section) {
    boolean needsTwo =
        values
            .find("recording-streams", RecordedStreams.class)
            .filter(streams -> streams != RecordedStreams.MAIN)
            .isPresent();
    if (needsTwo && !values.given("second-url")) {
      section.need("second-url", "a camera of which the sub-stream is recorded has two; it");
    }
  }

  private static void fits(
      @Nullable CameraSource source, Value at, UnaryOperator<CameraSource> way) {
    if (source != null) {
      at.made(() -> way.apply(source));
    }
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
              && HostAndPort.of(address)
                  .filter(host -> host.port() != 0 && host.port() <= 65_535)
                  .isPresent()
              && address.getRawAuthority().indexOf('@') < 0
              && address.getRawFragment() == null;
      return right ? Optional.of(address) : at.wrong(expected);
    } catch (URISyntaxException e) {
      return at.wrong(expected);
    }
  }

  private static void both(Values values, Section section) {
    boolean lat = section.get("lat").isPresent();
    if (lat != section.get("lon").isPresent()) {
      section.need(lat ? "lon" : "lat", "a position has both lat and lon; it");
    }
    if (section.get("bearing").isPresent()) {
      if (!lat) {
        section.need("lat", "a direction needs a position; it");
      }
    } else {
      for (String key : List.of("view-angle", "range")) {
        if (section.get(key).isPresent()) {
          section.need("bearing", "a field of view has a direction; it");
        }
      }
    }
  }

  /** The values of the keys. */
  record Place(
      @Nullable Double lat,
      @Nullable Double lon,
      @Nullable String address,
      @Nullable Double bearing,
      @Nullable Double viewAngle,
      @Nullable Double range) {
    private static final double USUAL_ANGLE = 60;
    private static final double USUAL_RANGE = 50;

    static Place of(PlaceConfig place) {
      PlaceConfig.Position at = place.position();
      PlaceConfig.View view = place.view();
      return at == null
          ? new Place(null, null, place.address(), null, null, null)
          : new Place(
              at.lat(),
              at.lon(),
              place.address(),
              view == null ? null : view.bearing(),
              view == null ? null : view.angle(),
              view == null ? null : view.range());
    }

    PlaceConfig place() {
      return new PlaceConfig(
          lat == null || lon == null ? null : new PlaceConfig.Position(lat, lon),
          address,
          bearing == null
              ? null
              : new PlaceConfig.View(
                  bearing,
                  viewAngle == null ? USUAL_ANGLE : viewAngle,
                  range == null ? USUAL_RANGE : range));
    }
  }
}
