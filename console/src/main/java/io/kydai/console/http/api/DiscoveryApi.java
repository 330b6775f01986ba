package io.kydai.console.http.api;

import static io.vertx.core.http.HttpMethod.GET;
import static io.vertx.core.http.HttpMethod.POST;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kydai.console.config.camera.CameraConfig;
import io.kydai.console.discovery.CameraOffer;
import io.kydai.console.discovery.OnvifCameras;
import io.kydai.console.http.server.ApiCall;
import io.kydai.console.http.server.ApiReply;
import io.kydai.console.http.server.Endpoints;
import io.kydai.console.http.server.ErrorText;
import io.kydai.console.http.server.Json;
import io.kydai.console.http.server.Problem;
import io.kydai.ingest.onvif.DeviceAccess;
import io.kydai.ingest.onvif.FoundDevice;
import io.kydai.ingest.onvif.MediaProfile;
import io.kydai.ingest.onvif.OnvifException;
import io.kydai.ingest.source.CameraSource.Credentials;
import io.kydai.ingest.source.HostAndPort;
import io.kydai.ingest.tls.TlsTrust;
import io.vertx.core.WorkerExecutor;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Finding cameras, as the contract has it. */
public final class DiscoveryApi {
  private static final String FIND = "/api/v1/discovery";
  private static final int MAX_ADDRESS = 2_000;
  private static final int MAX_LOGIN = 200;
  private static final int MAX_FINGERPRINT = 100;

  private final OnvifCameras finder;
  private final Cameras cameras;

  public DiscoveryApi(OnvifCameras finder, Cameras cameras) {
    this.finder = finder;
    this.cameras = cameras;
  }

  /**
   * @param worker runs what waits for cameras
   */
  public void register(Endpoints endpoints, WorkerExecutor worker) {
    endpoints.on(GET, FIND, worker, this::find).on(POST, FIND + "/streams", worker, this::streams);
  }

  private ApiReply find(ApiCall call) {
    call.only(Set.of());
    try {
      ObjectNode json = Json.object();
      ArrayNode list = json.putArray("found");
      for (FoundDevice device : finder.find()) {
        ObjectNode one =
            list.addObject()
                .put("address", device.address().toString())
                .put("name", device.name())
                .put("hardware", device.hardware())
                .put("location", device.location());
        ArrayNode configured = one.putArray("cameras");
        cameras.all().stream()
            .map(CameraView::config)
            .filter(camera -> isAt(camera, device.address().getHost()))
            .forEach(camera -> configured.add(camera.id().value()));
      }
      return ApiReply.json(json);
    } catch (OnvifException e) {
      throw problem(e);
    }
  }

  private static boolean isAt(CameraConfig camera, String host) {
    return camera
            .source()
            .filter(
                from ->
                    HostAndPort.of(from.address())
                        .filter(at -> at.host().equalsIgnoreCase(host))
                        .isPresent())
            .isPresent()
        || camera.onvif().filter(onvif -> host.equalsIgnoreCase(onvif.getHost())).isPresent();
  }

  private ApiReply streams(ApiCall call) {
    Map<String, Object> body = call.json();
    body.keySet().stream()
        .filter(key -> !Set.of("address", "user", "password", "fingerprint").contains(key))
        .findFirst()
        .ifPresent(
            key -> {
              throw Problem.badField(
                  ErrorText.shown(key),
                  "This key is unknown. Known: address, fingerprint, password, user.");
            });
    URI address =
        text(body, "address", MAX_ADDRESS)
            .map(DiscoveryApi::address)
            .orElseThrow(() -> Problem.badField("address", "Missing: the camera's address."));
    Optional<Credentials> credentials =
        text(body, "user", MAX_LOGIN)
            .filter(user -> !user.isEmpty())
            .map(user -> new Credentials(user, text(body, "password", MAX_LOGIN).orElse("")));
    TlsTrust trust =
        text(body, "fingerprint", MAX_FINGERPRINT)
            .filter(fingerprint -> !fingerprint.isBlank())
            .map(DiscoveryApi::trust)
            .orElse(TlsTrust.PLATFORM);
    try {
      return ApiReply.json(offer(finder.ask(new DeviceAccess(address, credentials, trust))));
    } catch (OnvifException e) {
      throw problem(e);
    } catch (IllegalArgumentException e) {
      throw Problem.badField("address", "Expected: " + e.getMessage() + ".");
    }
  }

  private static TlsTrust trust(String fingerprint) {
    try {
      return new TlsTrust.Fingerprint(fingerprint.strip());
    } catch (IllegalArgumentException e) {
      throw Problem.badField("fingerprint", "Expected: " + e.getMessage() + ".");
    }
  }

  private static Optional<String> text(Map<String, Object> body, String key, int longest) {
    Object value = body.get(key);
    if (value == null) {
      return Optional.empty();
    }
    if (value instanceof String text
        && text.length() <= longest
        && text.chars().noneMatch(Character::isISOControl)) {
      return Optional.of(text);
    }
    throw Problem.badField(key, "Expected: a text of at most " + longest + " characters.");
  }

  /** A host alone, with or without a port, means the usual path at it. */
  private static URI address(String given) {
    String text = given.strip();
    try {
      return text.contains("://")
          ? new URI(text)
          : new URI("http://" + text + (text.contains("/") ? "" : "/onvif/device_service"));
    } catch (java.net.URISyntaxException e) {
      throw Problem.badField(
          "address", "Expected: an address such as http://host/onvif/device_service, or a host.");
    }
  }

  private static ObjectNode offer(CameraOffer offer) {
    ObjectNode json =
        Json.object()
            .put("address", offer.address().toString())
            .put("maker", offer.device().maker())
            .put("model", offer.device().model())
            .put("firmware", offer.device().firmware())
            .put("clock-offset-seconds", offer.clockOffset().toMillis() / 1000.0)
            .put("ptz", offer.movable())
            .put("snapshot", offer.snapshot());
    ArrayNode streams = json.putArray("streams");
    for (CameraOffer.Stream stream : offer.streams()) {
      MediaProfile profile = stream.profile();
      ObjectNode one =
          streams
              .addObject()
              .put("profile", profile.token())
              .put("name", profile.name())
              .put("role", ErrorText.dashed(stream.role()))
              .put("encoding", profile.encoding().orElse(""))
              .put("width", profile.width())
              .put("height", profile.height())
              .put("fps", profile.fps());
      stream.url().ifPresent(url -> one.put("url", CameraConfig.shown(url)));
    }
    return json;
  }

  /**
   * A camera's fault as ours: which of the caller's fields is wrong, or which way it did not go.
   */
  static Problem problem(OnvifException fault) {
    return switch (fault.kind()) {
      case LOGIN_REFUSED ->
          Problem.badField(
              "password", "The camera refused the log-in: " + fault.getMessage() + ".");
      case UNREACHABLE -> Problem.of(504, fault.getMessage() + ".");
      case REFUSED, MALFORMED -> Problem.of(502, fault.getMessage() + ".");
    };
  }
}
