package io.kydai.console.config.camera;

import static java.util.Objects.requireNonNull;

import io.kydai.analytics.budget.Attention;
import io.kydai.analytics.rules.CameraAnalysis;
import io.kydai.analytics.rules.RuleTypes;
import io.kydai.analytics.rules.settings.RuleSpec;
import io.kydai.analytics.rules.type.RuleType;
import io.kydai.analytics.scene.Scene;
import io.kydai.console.config.tree.References;
import io.kydai.console.config.tree.Secret;
import io.kydai.ingest.onvif.DeviceAccess;
import io.kydai.ingest.source.CameraId;
import io.kydai.ingest.source.CameraSource;
import io.kydai.ingest.source.HostAndPort;
import io.kydai.ingest.source.ShownAddress;
import io.kydai.models.document.Records;
import io.kydai.streaming.privacy.Privacy;
import io.kydai.streaming.recording.CameraRecording;
import java.net.URI;
import java.time.ZoneId;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The configuration of a camera.
 *
 * @param id the camera's identifier
 * @param name the name for display; the id where none is given
 * @param url an {@code rtsp://} or {@code rtsps://} address, which may contain a user and a
 *     password; null only in configurations for files
 * @param connection the transport and the trust of its connections
 * @param second the stream that is not analysed, where it has two
 * @param onvif the address of the camera's ONVIF device service, {@code http} or {@code https},
 *     without user and password; null where ONVIF is not used
 * @param place the place of installation; null where it is not given
 * @param groups the groups that the camera belongs to, on which rights may be granted
 * @param purpose the purpose of the camera as free text; null where it is not given
 * @param recording what of its pictures is recorded
 * @param retention how long its recordings are kept
 * @param scene the lines, zones and calibration of its picture
 * @param privacy what of its pictures is hidden from those without the permission {@code unmasked}
 * @param rules the rules in the order of the configuration
 * @param attention the camera's share of the analysis
 */
public record CameraConfig(
    CameraId id,
    String name,
    @Nullable Secret url,
    ConnectionConfig connection,
    SecondStreamConfig second,
    @Nullable URI onvif,
    @Nullable PlaceConfig place,
    Set<String> groups,
    @Nullable String purpose,
    RecordingConfig recording,
    RetentionConfig retention,
    Scene scene,
    Privacy privacy,
    List<RuleSpec> rules,
    Attention attention) {

  /** The rules of a camera for which none are given: loss of signal and tampering. */
  public static final List<RuleSpec> DEFAULT_RULES =
      List.of(
          new RuleSpec("signal", "signal-lost", Map.of()),
          new RuleSpec("view", "tamper", Map.of()));

  public CameraConfig {
    requireNonNull(id);
    requireNonNull(name);
    requireNonNull(connection);
    requireNonNull(second);
    requireNonNull(recording);
    requireNonNull(retention);
    requireNonNull(scene);
    requireNonNull(privacy);
    requireNonNull(attention);
    groups = Collections.unmodifiableSet(new LinkedHashSet<>(groups));
    rules = List.copyOf(rules);
  }

  /** Creates a camera with an address, an empty scene and no rules. */
  public static CameraConfig of(CameraId id, Secret url) {
    return CameraKeys.shape(Purpose.ANALYSIS, References.forbidden(), id).defaults().withUrl(url);
  }

  /** Returns the source of the stream, with credentials and address separated. */
  public Optional<CameraSource> source() {
    return Optional.ofNullable(url)
        .map(address -> connection.of(CameraSource.of(id, address.value())));
  }

  /**
   * Returns the source of the second stream; empty where the camera has one only. Where its address
   * has no user, those of {@link #url} are used if both addresses have the same host, so that they
   * are not sent to another one.
   */
  public Optional<CameraSource> secondSource() {
    return Optional.ofNullable(second.url())
        .map(address -> connection.of(CameraSource.of(id, address.value())))
        .map(this::withLogIn);
  }

  private CameraSource withLogIn(CameraSource other) {
    return other.login() != null
        ? other
        : source()
            .filter(main -> HostAndPort.same(main.address(), other.address()))
            .map(
                main ->
                    new CameraSource(
                        id, other.address(), main.login(), other.transport(), other.trust()))
            .orElse(other);
  }

  /** Returns the second stream's address for display, as {@link #shownUrl} is. */
  public Optional<String> shownSecondUrl() {
    return secondSource().map(camera -> shown(camera.address()));
  }

  /**
   * Returns the address for display: without user and password, and masked by {@link #shown}; empty
   * where there is no address.
   */
  public Optional<String> shownUrl() {
    return source().map(camera -> shown(camera.address()));
  }

  /**
   * Returns a stream's address for display, masked by {@link ShownAddress}.
   *
   * @param address an address without user information, which is not masked
   */
  public static String shown(URI address) {
    return ShownAddress.of(address);
  }

  /**
   * Returns the access to the camera's ONVIF device service; empty where none is given. The user
   * and password of {@link #url} are used only if both addresses have the same host, so that they
   * are not sent to another one.
   */
  public Optional<DeviceAccess> onvifAccess() {
    return Optional.ofNullable(onvif)
        .map(
            address ->
                new DeviceAccess(
                    address,
                    source()
                        .filter(camera -> HostAndPort.same(address, camera.address()))
                        .flatMap(CameraSource::credentials)
                        .orElse(null),
                    connection.trust()));
  }

  /** Returns the id of the first {@code plate-watch} rule; empty when there is none. */
  public Optional<String> plateWatch() {
    return rules.stream()
        .filter(rule -> RuleTypes.needs(rule.type(), RuleType.Need.WATCH_LIST))
        .map(RuleSpec::id)
        .findFirst();
  }

  /** Returns the scene and the rules for the analytics module. */
  public CameraAnalysis analysis() {
    return new CameraAnalysis(id, scene, rules);
  }

  /** Returns a copy with another address. */
  public CameraConfig withUrl(Secret other) {
    return Records.with(this, Map.of("url", other));
  }

  /** Returns a copy without an address. */
  public CameraConfig withoutUrl() {
    return Records.with(this, Collections.singletonMap("url", null));
  }

  /**
   * Returns what of the camera is recorded; empty where nothing is.
   *
   * @param zone in which the times of its schedule are
   */
  public Optional<CameraRecording> recorded(ZoneId zone) {
    return recording.of(second, zone);
  }

  /** Returns a copy with another address of the second stream; null for none. */
  public CameraConfig withSecondUrl(@Nullable Secret other) {
    return Records.with(this, Map.of("second", second.with(other)));
  }

  /** Returns a copy with another scene and other rules. */
  public CameraConfig withAnalysis(Scene otherScene, List<RuleSpec> otherRules) {
    return Records.with(this, Map.of("scene", otherScene, "rules", otherRules));
  }
}
