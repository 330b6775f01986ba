package io.kydai.ingest.onvif;

import io.kydai.ingest.onvif.soap.OnvifException;
import io.kydai.ingest.onvif.soap.OnvifException.Kind;
import io.kydai.ingest.onvif.soap.SoapSession;
import io.kydai.ingest.onvif.soap.XmlElement;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * A camera that was reached by ONVIF. Only the state of its authentication changes. Thread-safe.
 */
public final class OnvifCamera {
  private static final Duration SUBSCRIBE_PATIENCE = Duration.ofSeconds(8);

  private final SoapSession session;
  private final Map<OnvifService, URI> services;

  private OnvifCamera(SoapSession session, Map<OnvifService, URI> services) {
    this.session = session;
    this.services = new EnumMap<>(services);
  }

  /** Reads the camera's time and the addresses of its services. */
  static CompletableFuture<OnvifCamera> connect(SoapSession session) {
    URI device = session.reached().address();
    return learnTime(session, device)
        .thenCompose(known -> services(session, device))
        .thenApply(
            found -> {
              Map<OnvifService, URI> services = new EnumMap<>(OnvifService.class);
              services.putAll(found);
              // The given address is known to work; the address that the camera reports may not.
              services.put(OnvifService.DEVICE, device);
              return new OnvifCamera(session, services);
            });
  }

  /**
   * Reads the camera's clock. A refusal is ignored: a camera that requires authentication for this
   * may still do the rest.
   */
  private static CompletableFuture<Void> learnTime(SoapSession session, URI device) {
    return session
        .anonymous(
            device,
            OnvifService.DEVICE.action("GetSystemDateAndTime"),
            OnvifService.DEVICE.element("GetSystemDateAndTime", ""))
        .thenAccept(
            answer ->
                cameraTime(answer)
                    .ifPresent(
                        time ->
                            session.setClockOffset(
                                Duration.between(session.clock().instant(), time))))
        .exceptionallyCompose(
            failure ->
                OnvifException.of(failure).isRefusal()
                    ? CompletableFuture.completedFuture(null)
                    : CompletableFuture.failedFuture(failure));
  }

  private static Optional<Instant> cameraTime(XmlElement answer) {
    return answer
        .find("UTCDateTime")
        .flatMap(
            utc -> {
              try {
                return Optional.of(
                    OffsetDateTime.of(
                            number(utc, "Date", "Year"),
                            number(utc, "Date", "Month"),
                            number(utc, "Date", "Day"),
                            number(utc, "Time", "Hour"),
                            number(utc, "Time", "Minute"),
                            Math.min(59, number(utc, "Time", "Second")),
                            0,
                            ZoneOffset.UTC)
                        .toInstant());
              } catch (DateTimeException e) {
                return Optional.empty();
              }
            });
  }

  private static int number(XmlElement utc, String part, String field) {
    return OnvifText.integer(utc.textAt(part, field).orElse(""))
        .orElseThrow(() -> new DateTimeException(field));
  }

  /**
   * Reads the addresses of the camera's services. Old cameras support only GetCapabilities, which
   * does not list Media 2.
   */
  private static CompletableFuture<Map<OnvifService, URI>> services(
      SoapSession session, URI device) {
    String body =
        OnvifService.DEVICE.element("GetServices", "<IncludeCapability>false</IncludeCapability>");
    return session
        .call(device, OnvifService.DEVICE.action("GetServices"), body)
        .thenApply(answer -> OnvifService.fromServices(answer, session.reached()))
        .exceptionallyCompose(
            failure ->
                OnvifException.of(failure).isRefusal()
                    ? CompletableFuture.completedFuture(Map.of())
                    : CompletableFuture.failedFuture(failure))
        .thenCompose(
            found ->
                found.containsKey(OnvifService.MEDIA) || found.containsKey(OnvifService.MEDIA2)
                    ? CompletableFuture.completedFuture(found)
                    : capabilities(session, device));
  }

  private static CompletableFuture<Map<OnvifService, URI>> capabilities(
      SoapSession session, URI device) {
    return session
        .call(
            device,
            OnvifService.DEVICE.action("GetCapabilities"),
            OnvifService.DEVICE.element("GetCapabilities", "<Category>All</Category>"))
        .thenApply(answer -> OnvifService.fromCapabilities(answer, session.reached()));
  }

  /** Returns the address at which the camera was reached. */
  public URI address() {
    return session.reached().address();
  }

  /**
   * Returns the camera's clock minus this machine's clock; zero when the camera does not report its
   * time.
   */
  public Duration clockOffset() {
    return session.clockOffset();
  }

  /**
   * Returns whether the camera has a PTZ service. A single profile may still be without PTZ ({@link
   * MediaProfile#movable}).
   */
  public boolean hasPtz() {
    return services.containsKey(OnvifService.PTZ);
  }

  /** Returns the camera's maker, model, firmware version and serial number. */
  public CompletableFuture<DeviceInformation> information() {
    return call(OnvifService.DEVICE, "GetDeviceInformation", "")
        .thenApply(
            answer ->
                new DeviceInformation(
                    OnvifText.shown(answer, "Manufacturer"),
                    OnvifText.shown(answer, "Model"),
                    OnvifText.shown(answer, "FirmwareVersion"),
                    OnvifText.shown(answer, "SerialNumber")));
  }

  /**
   * Returns the camera's media profiles, at most 64, from the Media 2 service if that has any,
   * otherwise from the Media service.
   */
  public CompletableFuture<List<MediaProfile>> profiles() {
    return Media.profiles(this);
  }

  /**
   * Returns the RTSP address of a profile.
   *
   * @return an {@code rtsp} or {@code rtsps} address at the reached host, without user and password
   */
  public CompletableFuture<URI> streamAddress(MediaProfile profile) {
    return Media.streamAddress(this, profile);
  }

  /**
   * Returns the address of a profile's snapshots, an {@code http} or {@code https} address at the
   * reached host.
   */
  public CompletableFuture<URI> snapshotAddress(MediaProfile profile) {
    return Media.snapshotAddress(this, profile);
  }

  /** Requests a key frame in all streams of a profile (SetSynchronizationPoint). */
  public CompletableFuture<Void> synchronize(MediaProfile profile) {
    return Media.synchronize(this, profile);
  }

  /** Subscribes to the camera's events. */
  public CompletableFuture<EventSubscription> subscribe() {
    return EventSubscription.create(this, SUBSCRIBE_PATIENCE);
  }

  /**
   * Returns the pan, tilt and zoom control of a profile. Its calls fail when {@link #hasPtz} is
   * false.
   */
  public Ptz ptz(MediaProfile profile) {
    return new Ptz(this, profile.token());
  }

  SoapSession session() {
    return session;
  }

  boolean has(OnvifService service) {
    return services.containsKey(service);
  }

  /**
   * Calls an operation. The future fails with {@link Kind#REFUSED} when the camera lacks the
   * service.
   *
   * @param content the children of the request's element, as XML
   */
  CompletableFuture<XmlElement> call(OnvifService service, String operation, String content) {
    return at(service)
        .thenCompose(
            address ->
                session.call(
                    address, service.action(operation), service.element(operation, content)))
        .toCompletableFuture();
  }

  /** Returns the address of a service. The future fails with {@link Kind#REFUSED} without one. */
  CompletionStage<URI> at(OnvifService service) {
    URI address = services.get(service);
    return address == null
        ? CompletableFuture.failedFuture(
            session.failure(Kind.REFUSED, "has no ONVIF service for " + service.purpose()))
        : CompletableFuture.completedFuture(address);
  }

  @Override
  public String toString() {
    return "OnvifCamera[" + session.reached().name() + "]";
  }
}
