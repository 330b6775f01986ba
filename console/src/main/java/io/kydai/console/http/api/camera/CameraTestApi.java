package io.kydai.console.http.api.camera;

import io.kydai.console.audit.AuditEvent;
import io.kydai.console.audit.AuditEventType;
import io.kydai.console.audit.AuditGroups;
import io.kydai.console.config.camera.CameraConfig;
import io.kydai.console.discovery.CameraAddressRule;
import io.kydai.console.discovery.CameraOffer;
import io.kydai.console.discovery.OnvifCameras;
import io.kydai.console.discovery.SubStreamAddress;
import io.kydai.console.discovery.TestedStream;
import io.kydai.console.http.answer.ApiReply;
import io.kydai.console.http.answer.ErrorText;
import io.kydai.console.http.answer.Problem;
import io.kydai.console.http.contract.ApiCall;
import io.kydai.console.http.server.Endpoints;
import io.kydai.console.users.Permission;
import io.kydai.ingest.onvif.DeviceAccess;
import io.kydai.ingest.onvif.soap.OnvifException;
import io.kydai.ingest.source.CameraId;
import io.kydai.ingest.source.CameraSource;
import io.kydai.ingest.source.CameraSource.Credentials;
import io.kydai.ingest.source.Transport;
import io.kydai.ingest.status.CameraFault;
import io.kydai.ingest.tls.TlsTrust;
import io.vertx.core.WorkerExecutor;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The operation that tests an address: does a picture come, and which streams are there? */
public final class CameraTestApi {
  private static final CameraId ANY = new CameraId("tested");

  private final OnvifCameras finder;
  private final Cameras cameras;
  private final PictureAccess pictures;
  private final CameraAddressRule rule;
  private final AuditGroups audit;

  /**
   * @param rule which addresses may be tested
   */
  public CameraTestApi(
      OnvifCameras finder, Cameras cameras, CameraAddressRule rule, AuditGroups audit) {
    this.finder = finder;
    this.cameras = cameras;
    this.pictures = new PictureAccess(cameras);
    this.rule = rule;
    this.audit = audit;
  }

  /**
   * @param worker runs what waits for cameras
   */
  public void register(Endpoints endpoints, WorkerExecutor worker) {
    endpoints.on("testCamera", worker, this::test);
  }

  /** The contract's {@code CameraTestWish}. */
  private record Wish(
      String address,
      @Nullable String user,
      @Nullable String password,
      @Nullable String fingerprint,
      @Nullable String transport) {
    @Override
    public String toString() {
      return "Wish[]"; // The address may hold a password as well.
    }

    Transport way() {
      return transport == null ? Transport.AUTO : ErrorText.constant(Transport.class, transport);
    }

    TlsTrust trust() {
      if (fingerprint == null || fingerprint.isBlank()) {
        return TlsTrust.PLATFORM;
      }
      try {
        return new TlsTrust.Fingerprint(fingerprint.strip());
      } catch (IllegalArgumentException e) {
        throw Problem.badField("fingerprint", "Expected: " + e.getMessage() + ".");
      }
    }

    Optional<Credentials> credentials() {
      return user == null || user.isEmpty()
          ? Optional.empty()
          : Optional.of(new Credentials(user, password == null ? "" : password));
    }
  }

  private ApiReply test(ApiCall call) {
    Wish wish = call.body(Wish.class);
    for (String text : List.of(wish.address(), String.valueOf(wish.user()))) {
      if (text.chars().anyMatch(Character::isISOControl)) {
        throw Problem.badField("address", "Expected: a text without control characters.");
      }
    }
    String address = wish.address().strip();
    boolean rtsp = address.regionMatches(true, 0, "rtsp", 0, 4) && address.contains("://");
    CameraTestAnswer answer = rtsp ? testRtsp(wish, address) : testOnvif(wish, address);
    audit.record(
        AuditEvent.of(AuditEventType.CAMERA_TESTED, call.actor(), call.origin())
            .detail("address", shown(address))
            .detail("outcome", answer.fault() == null ? "ok" : answer.fault().code()));
    List<CameraView> all = cameras.all();
    boolean masked =
        answer.withKnown(all).cameras().stream()
            .anyMatch(id -> !pictures.isWhole(call.caller(), new CameraId(id)));
    CameraTestAnswer shown = masked ? answer.withoutPicture() : answer;
    return ApiReply.json(
        shown.withKnown(
            all.stream()
                .filter(
                    view ->
                        call.caller()
                            .may(Permission.CONFIGURE_CAMERAS, CameraPlaces.of(view.config())))
                .toList()));
  }

  /** Returns whether the rule allows an address as it would be asked: a tunnel asks by HTTP. */
  private boolean allows(URI address, Wish wish) {
    return rule.allows(address)
        && (wish.way() != Transport.HTTP
            || rule.allows(URI.create("http://" + address.getRawAuthority())));
  }

  private static String shown(String address) {
    try {
      return address.regionMatches(true, 0, "rtsp", 0, 4)
          ? CameraConfig.shown(CameraSource.of(ANY, address).address())
          : CameraConfig.shown(DiscoveryApi.address(address));
    } catch (IllegalArgumentException e) {
      return "?";
    }
  }

  private CameraTestAnswer testRtsp(Wish wish, String address) {
    CameraSource source;
    try {
      source = CameraSource.of(ANY, address);
    } catch (IllegalArgumentException e) {
      throw Problem.badField("address", "Expected: " + e.getMessage() + ".");
    }
    if (!allows(source.address(), wish)) {
      return CameraTestAnswer.failed("rtsp", "address-refused", source.address());
    }
    Credentials login = source.credentials().or(wish::credentials).orElse(null);
    URI plain = source.address();
    TestedStream main = run(StreamUrl.of(plain.toString(), login), wish);
    List<CameraTestAnswer.Stream> streams = new ArrayList<>();
    streams.add(CameraTestAnswer.Stream.of("main", plain.toString(), main));
    TestedStream best = main;
    Optional<String> guess =
        main.works() ? SubStreamAddress.of(plain.toString()) : Optional.empty();
    if (guess.isPresent()) {
      TestedStream sub = run(StreamUrl.of(guess.get(), login), wish);
      if (sub.works()) {
        streams.add(0, CameraTestAnswer.Stream.of("sub", guess.get(), sub));
        best = sub;
      }
    }
    return CameraTestAnswer.of("rtsp", plain, best, streams, null);
  }

  private TestedStream run(String url, Wish wish) {
    try {
      return cameras
          .testStream(url, wish.way(), wish.trust())
          .orElseThrow(
              () ->
                  Problem.of(503, "Other addresses are tested now.")
                      .withHeader("Retry-After", "5"));
    } catch (IllegalArgumentException e) {
      throw Problem.badField("address", "Expected: " + e.getMessage() + ".");
    }
  }

  private CameraTestAnswer testOnvif(Wish wish, String given) {
    URI address = DiscoveryApi.address(given);
    if (!rule.allows(address)) {
      return CameraTestAnswer.failed("onvif", "address-refused", address);
    }
    Credentials login = wish.credentials().orElse(null);
    try {
      return ofOffer(wish, finder.ask(new DeviceAccess(address, login, wish.trust())), login);
    } catch (OnvifException e) {
      return CameraTestAnswer.failed("onvif", code(e), address);
    } catch (IllegalArgumentException e) {
      throw Problem.badField("address", "Expected: " + e.getMessage() + ".");
    }
  }

  private static String code(OnvifException fault) {
    return switch (fault.kind()) {
      case LOGIN_REFUSED -> ErrorText.dashed(CameraFault.LOGIN_REFUSED);
      case UNREACHABLE -> ErrorText.dashed(CameraFault.UNREACHABLE);
      case REFUSED, MALFORMED -> "not-onvif";
    };
  }

  private CameraTestAnswer ofOffer(Wish wish, CameraOffer offer, @Nullable Credentials login) {
    List<CameraOffer.Stream> offered =
        offer.streams().stream()
            .filter(one -> one.url() != null && allows(one.url(), wish))
            .toList();
    CameraOffer.Stream chosen =
        offered.stream()
            .filter(one -> one.role() == CameraOffer.Role.SUB)
            .findFirst()
            .or(() -> offered.stream().findFirst())
            .orElse(null);
    if (chosen == null) {
      return CameraTestAnswer.failed("onvif", "no-streams", offer.address());
    }
    TestedStream tested = run(StreamUrl.of(String.valueOf(chosen.url()), login), wish);
    List<CameraTestAnswer.Stream> streams = new ArrayList<>();
    for (CameraOffer.Stream one : offered) {
      streams.add(CameraTestAnswer.Stream.offered(one, one.equals(chosen) ? tested : null));
    }
    return CameraTestAnswer.of("onvif", offer.address(), tested, streams, offer);
  }
}
