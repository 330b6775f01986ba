package io.kydai.console.http.api.camera;

import static java.util.Objects.requireNonNullElse;

import io.kydai.console.audit.AuditEvent;
import io.kydai.console.audit.AuditEventType;
import io.kydai.console.audit.AuditGroups;
import io.kydai.console.config.camera.CameraConfig;
import io.kydai.console.discovery.CameraAddressRule;
import io.kydai.console.discovery.CameraOffer;
import io.kydai.console.discovery.OnvifCameras;
import io.kydai.console.http.answer.ApiReply;
import io.kydai.console.http.answer.ErrorText;
import io.kydai.console.http.answer.Problem;
import io.kydai.console.http.contract.ApiCall;
import io.kydai.console.http.server.Endpoints;
import io.kydai.console.users.Permission;
import io.kydai.ingest.onvif.DeviceAccess;
import io.kydai.ingest.onvif.MediaProfile;
import io.kydai.ingest.onvif.discovery.FoundDevice;
import io.kydai.ingest.onvif.soap.OnvifException;
import io.kydai.ingest.source.CameraSource.Credentials;
import io.kydai.ingest.source.HostAndPort;
import io.kydai.ingest.tls.TlsTrust;
import io.vertx.core.WorkerExecutor;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The operations that find cameras on the network and ask them for their streams. */
public final class DiscoveryApi {
  /** The contract's {@code CameraQuestion}. */
  private record CameraQuestion(
      String address,
      @Nullable String user,
      @Nullable String password,
      @Nullable String fingerprint) {
    @Override
    public String toString() {
      return "CameraQuestion[address=" + address + "]";
    }
  }

  private final OnvifCameras finder;
  private final Cameras cameras;
  private final CameraAddressRule rule;
  private final AuditGroups audit;

  /**
   * @param rule which addresses may be asked
   */
  public DiscoveryApi(
      OnvifCameras finder, Cameras cameras, CameraAddressRule rule, AuditGroups audit) {
    this.finder = finder;
    this.cameras = cameras;
    this.rule = rule;
    this.audit = audit;
  }

  /**
   * @param worker runs what waits for cameras
   */
  public void register(Endpoints endpoints, WorkerExecutor worker) {
    endpoints.on("findCameras", worker, this::find).on("askCamera", worker, this::streams);
  }

  private ApiReply find(ApiCall call) {
    audit.record(AuditEvent.of(AuditEventType.DISCOVERY_ASKED, call.actor(), call.origin()));
    try {
      List<CameraConfig> configured =
          cameras.all().stream()
              .map(CameraView::config)
              .filter(
                  camera ->
                      call.caller().may(Permission.CONFIGURE_CAMERAS, CameraPlaces.of(camera)))
              .toList();
      return ApiReply.json(
          new FoundList(
              finder.find().stream().map(device -> FoundAnswer.of(device, configured)).toList()));
    } catch (OnvifException e) {
      throw problem(e);
    }
  }

  /** The contract's {@code FoundList}. */
  private record FoundList(List<FoundAnswer> found) {}

  /**
   * A camera that answered the search.
   *
   * @param cameras the ids of the configured cameras that are at its address, as far as the caller
   *     may configure them
   */
  private record FoundAnswer(
      String address, String name, String hardware, String location, List<String> cameras) {
    static FoundAnswer of(FoundDevice device, List<CameraConfig> configured) {
      return new FoundAnswer(
          device.address().toString(),
          device.name(),
          device.hardware(),
          device.location(),
          configured.stream()
              .filter(camera -> isAt(camera, device.address()))
              .map(camera -> camera.id().value())
              .toList());
    }
  }

  private static boolean isAt(CameraConfig camera, URI device) {
    URI onvif = camera.onvif();
    return camera.source().filter(from -> HostAndPort.same(from.address(), device)).isPresent()
        || (onvif != null && HostAndPort.same(onvif, device));
  }

  private ApiReply streams(ApiCall call) {
    CameraQuestion asked = call.body(CameraQuestion.class);
    URI address = address(printable("address", asked.address()).orElseThrow());
    Credentials credentials =
        printable("user", asked.user())
            .map(user -> new Credentials(user, printable("password", asked.password()).orElse("")))
            .orElse(null);
    TlsTrust trust =
        printable("fingerprint", asked.fingerprint())
            .filter(fingerprint -> !fingerprint.isBlank())
            .map(DiscoveryApi::trust)
            .orElse(TlsTrust.PLATFORM);
    audit.record(
        AuditEvent.of(AuditEventType.DISCOVERY_ASKED, call.actor(), call.origin())
            .detail("address", CameraConfig.shown(address)));
    if (!rule.allows(address)) {
      throw Problem.badField("address", "Expected: " + GivenAddresses.EXPECTED + ".");
    }
    try {
      return ApiReply.json(
          OfferAnswer.of(finder.ask(new DeviceAccess(address, credentials, trust))));
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

  /** Empty for an absent or empty text. */
  private static Optional<String> printable(String key, @Nullable String value) {
    if (value == null || value.isEmpty()) {
      return Optional.empty();
    }
    if (value.chars().anyMatch(Character::isISOControl)) {
      throw Problem.badField(key, "Expected: a text without control characters.");
    }
    return Optional.of(value);
  }

  /** A host alone, with or without a port, means the usual path at it. */
  static URI address(String given) {
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

  /** The contract's {@code CameraOffer}. */
  private record OfferAnswer(
      String address,
      String maker,
      String model,
      String firmware,
      double clockOffsetSeconds,
      boolean ptz,
      boolean snapshot,
      List<StreamAnswer> streams) {
    static OfferAnswer of(CameraOffer offer) {
      return new OfferAnswer(
          offer.address().toString(),
          offer.device().maker(),
          offer.device().model(),
          offer.device().firmware(),
          offer.clockOffset().toMillis() / 1000.0,
          offer.movable(),
          offer.snapshot(),
          offer.streams().stream().map(StreamAnswer::of).toList());
    }
  }

  /**
   * A stream that a camera offers.
   *
   * @param url without user and password; null where the camera does not say
   */
  private record StreamAnswer(
      String profile,
      String name,
      String role,
      String encoding,
      int width,
      int height,
      double fps,
      @Nullable String url) {
    static StreamAnswer of(CameraOffer.Stream stream) {
      MediaProfile profile = stream.profile();
      URI url = stream.url();
      return new StreamAnswer(
          profile.token(),
          profile.name(),
          ErrorText.dashed(stream.role()),
          requireNonNullElse(profile.encoding(), ""),
          profile.width(),
          profile.height(),
          profile.fps(),
          url == null ? null : CameraConfig.shown(url));
    }
  }

  /** Returns the problem for a camera's fault: a wrong field of the request, 502 or 504. */
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
