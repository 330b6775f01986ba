package io.kydai.ingest.onvif;

import io.kydai.ingest.onvif.OnvifException.Kind;
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

/** A camera that answered. Immutable but for the log-in's state; any thread. */
public final class OnvifCamera {
  private static final Duration SUBSCRIBE_PATIENCE = Duration.ofSeconds(8);

  private final SoapSession session;
  private final Map<OnvifService, URI> services;

  private OnvifCamera(SoapSession session, Map<OnvifService, URI> services) {
    this.session = session;
    this.services = new EnumMap<>(services);
  }

  static CompletableFuture<OnvifCamera> connect(SoapSession session) {
    URI device = session.reached().address();
    return learnTime(session, device)
        .thenCompose(known -> services(session, device))
        .thenApply(
            found -> {
              Map<OnvifService, URI> services = new EnumMap<>(OnvifService.class);
              services.putAll(found);
              // The address that was given is known to work; what the camera makes of it may not.
              services.put(OnvifService.DEVICE, device);
              return new OnvifCamera(session, services);
            });
  }

  /** A camera that does not tell its time to strangers may still do the rest. */
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

  /** Old cameras know only GetCapabilities, which does not tell of Media 2. */
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

  /** The address at which it was reached. */
  public URI address() {
    return session.reached().address();
  }

  /** What its clock shows, less what ours does; zero when it does not say. */
  public Duration clockOffset() {
    return session.clockOffset();
  }

  /** Whether it has a service that moves it; single profiles may still be fixed. */
  public boolean hasPtz() {
    return services.containsKey(OnvifService.PTZ);
  }

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

  /** Its streams, by Media 2 where that has any, else by Media 1; at most 64. */
  public CompletableFuture<List<MediaProfile>> profiles() {
    return Media.profiles(this);
  }

  /**
   * Where a profile is to be had.
   *
   * @return an {@code rtsp} or {@code rtsps} address at the reached host, without user and password
   */
  public CompletableFuture<URI> streamAddress(MediaProfile profile) {
    return Media.streamAddress(this, profile);
  }

  /**
   * Where a profile's single pictures are to be had, an {@code http} address at the reached host.
   */
  public CompletableFuture<URI> snapshotAddress(MediaProfile profile) {
    return Media.snapshotAddress(this, profile);
  }

  /** Asks for a key frame in everything that a profile sends (SetSynchronizationPoint). */
  public CompletableFuture<Void> synchronize(MediaProfile profile) {
    return Media.synchronize(this, profile);
  }

  /** Starts to listen to what the camera notices. */
  public CompletableFuture<EventSubscription> subscribe() {
    return EventSubscription.create(this, SUBSCRIBE_PATIENCE);
  }

  /** Moves the camera by one of its profiles; the calls fail where {@link #hasPtz} is false. */
  public Ptz ptz(MediaProfile profile) {
    return new Ptz(this, profile.token());
  }

  SoapSession session() {
    return session;
  }

  boolean has(OnvifService service) {
    return services.containsKey(service);
  }

  /** One call; fails with {@link Kind#REFUSED} when the camera has no such service. */
  CompletableFuture<XmlElement> call(OnvifService service, String operation, String content) {
    return at(service)
        .thenCompose(
            address ->
                session.call(
                    address, service.action(operation), service.element(operation, content)))
        .toCompletableFuture();
  }

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
