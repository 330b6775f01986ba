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
import java.net.URI;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A camera.
 *
 * @param name for people; the id where none was given
 * @param url an {@code rtsp://} or {@code rtsps://} address, which may hold a user and a password;
 *     null only in configurations for files
 * @param onvif the camera's ONVIF device service, {@code http} or {@code https}, without user and
 *     password; null where it is not spoken with
 * @param place where it hangs; null where that is not said
 * @param purpose what the camera is for, in words; null where that is not said
 * @param retentionDays how many days what it records may be kept, 1 to 3,650
 * @param rules in the order of the configuration
 * @param attention how closely it is to be looked at
 */
public record CameraConfig(
    CameraId id,
    String name,
    @Nullable Secret url,
    ConnectionConfig connection,
    @Nullable URI onvif,
    @Nullable PlaceConfig place,
    @Nullable String purpose,
    int retentionDays,
    Scene scene,
    List<RuleSpec> rules,
    Attention attention) {

  /** What is asked of a camera where no rules were given: whether it still sees. */
  public static final List<RuleSpec> DEFAULT_RULES =
      List.of(
          new RuleSpec("signal", "signal-lost", Map.of()),
          new RuleSpec("view", "tamper", Map.of()));

  public CameraConfig {
    requireNonNull(id);
    requireNonNull(name);
    requireNonNull(connection);
    requireNonNull(scene);
    requireNonNull(attention);
    rules = List.copyOf(rules);
  }

  /** A camera with an address and nothing drawn on it. */
  public static CameraConfig of(CameraId id, Secret url) {
    return CameraKeys.shape(Purpose.ANALYSIS, References.forbidden(), id).defaults().withUrl(url);
  }

  /** Where the stream is to be had, with the credentials taken out of the address. */
  public Optional<CameraSource> source() {
    return Optional.ofNullable(url)
        .map(address -> connection.of(CameraSource.of(id, address.value())));
  }

  /**
   * The address as anybody may see it: without user and password, and masked as {@link #shown}
   * does.
   */
  public Optional<String> shownUrl() {
    return source().map(camera -> shown(camera.address()));
  }

  /**
   * A stream's address as anybody may see it: masked as {@link ShownAddress} does.
   *
   * @param address without a user's part, which is not masked
   */
  public static String shown(URI address) {
    return ShownAddress.of(address);
  }

  /**
   * How to speak ONVIF with it, where that is said. The user and password are those of {@link
   * #url}, and only where both name one host, so that they go to nobody else.
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

  /** The first of its rules that look for listed plates. */
  public Optional<String> plateWatch() {
    return rules.stream()
        .filter(rule -> RuleTypes.needs(rule.type(), RuleType.Need.WATCH_LIST))
        .map(RuleSpec::id)
        .findFirst();
  }

  /** What is to be analysed on its pictures. */
  public CameraAnalysis analysis() {
    return new CameraAnalysis(id, scene, rules);
  }

  /** The same camera at another address. */
  public CameraConfig withUrl(Secret other) {
    return Records.with(this, Map.of("url", other));
  }

  /** The same camera, without where its stream is to be had. */
  public CameraConfig withoutUrl() {
    return Records.with(this, Collections.singletonMap("url", null));
  }

  /** The same camera with another scene and other rules. */
  public CameraConfig withAnalysis(Scene otherScene, List<RuleSpec> otherRules) {
    return Records.with(this, Map.of("scene", otherScene, "rules", otherRules));
  }
}
