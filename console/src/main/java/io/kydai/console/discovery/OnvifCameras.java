package io.kydai.console.discovery;

import io.kydai.console.discovery.CameraOffer.Role;
import io.kydai.ingest.media.KeyFrameRequest;
import io.kydai.ingest.onvif.DeviceAccess;
import io.kydai.ingest.onvif.DeviceInformation;
import io.kydai.ingest.onvif.MediaProfile;
import io.kydai.ingest.onvif.OnvifCamera;
import io.kydai.ingest.onvif.OnvifClient;
import io.kydai.ingest.onvif.OnvifKeyFrames;
import io.kydai.ingest.onvif.StreamChoice;
import io.kydai.ingest.onvif.discovery.FoundDevice;
import io.kydai.ingest.onvif.soap.OnvifException;
import io.kydai.ingest.source.CameraId;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Discovers ONVIF cameras and queries their capabilities. The methods may be called on any thread,
 * and block on the network.
 *
 * <ul>
 *   <li>A discovery takes 3 seconds. Only one runs at a time; calls meanwhile wait for its result,
 *       which is also returned for 5 seconds after.
 *   <li>Each request to a camera takes at most 30 seconds; the addresses of at most 16 streams are
 *       requested.
 * </ul>
 */
public final class OnvifCameras implements AutoCloseable {
  private static final Duration DISCOVERY_TIME = Duration.ofSeconds(3);
  private static final Duration RESULT_LIFETIME = Duration.ofSeconds(5);
  private static final long MAX_SECONDS = 30;
  private static final int MAX_STREAMS = 16;

  private final OnvifClient client;
  private final Function<Duration, CompletableFuture<List<FoundDevice>>> probe;
  private final Clock clock;
  private final MovableCameras movable;
  private @Nullable Instant foundAt;
  private List<FoundDevice> found = List.of();

  private OnvifCameras(
      OnvifClient client,
      Function<Duration, CompletableFuture<List<FoundDevice>>> probe,
      Clock clock) {
    this.client = client;
    this.probe = probe;
    this.clock = clock;
    this.movable = new MovableCameras(client);
  }

  /** Creates an instance that discovers cameras in all networks of this machine. */
  public static OnvifCameras everywhere(Clock clock) {
    OnvifClient client = new OnvifClient(clock);
    return new OnvifCameras(client, client::discover, clock);
  }

  /** Creates an instance that discovers cameras at one address only. */
  public static OnvifCameras at(InetSocketAddress address, Clock clock) {
    OnvifClient client = new OnvifClient(clock);
    return new OnvifCameras(client, patience -> client.discover(address, patience), clock);
  }

  /**
   * Returns the cameras that answer a discovery.
   *
   * @throws OnvifException when the discovery fails
   */
  public synchronized List<FoundDevice> find() throws OnvifException {
    Instant now = clock.instant();
    boolean fresh =
        foundAt != null && !now.isBefore(foundAt) && now.isBefore(foundAt.plus(RESULT_LIFETIME));
    if (!fresh) {
      found = await(probe.apply(DISCOVERY_TIME));
      foundAt = clock.instant();
    }
    return found;
  }

  /**
   * Queries the capabilities of a camera.
   *
   * @throws IllegalArgumentException when the address is not that of a device service
   * @throws OnvifException when the camera does not respond, or refuses the log-in
   */
  public CameraOffer ask(DeviceAccess access) throws OnvifException {
    OnvifCamera camera = await(client.connect(access));
    Refusals refusals = new Refusals();
    DeviceInformation device =
        refusals.unlessRefused(camera.information()).orElse(DeviceInformation.UNKNOWN);
    List<MediaProfile> profiles = await(camera.profiles());
    StreamChoice choice = StreamChoice.of(profiles);
    List<CameraOffer.Stream> streams = new ArrayList<>();
    for (MediaProfile profile : profiles) {
      if (profile.encoding() != null && streams.size() < MAX_STREAMS) {
        URI address = refusals.unlessRefused(camera.streamAddress(profile)).orElse(null);
        streams.add(new CameraOffer.Stream(profile, role(profile, choice), address));
      }
    }
    refusals.throwIfLoginRefused();
    MediaProfile main = choice.main();
    boolean snapshot =
        main != null && refusals.unlessRefused(camera.snapshotAddress(main)).isPresent();
    return new CameraOffer(
        camera.address(),
        device,
        camera.clockOffset(),
        camera.hasPtz() && profiles.stream().anyMatch(MediaProfile::movable),
        snapshot,
        streams);
  }

  private static Role role(MediaProfile profile, StreamChoice choice) {
    return profile.equals(choice.main())
        ? Role.MAIN
        : profile.equals(choice.sub()) ? Role.SUB : Role.OTHER;
  }

  /** Returns the request for key frames of a configured camera. */
  public KeyFrameRequest keyFrames(CameraId camera, DeviceAccess access) {
    return new OnvifKeyFrames(client, camera, access);
  }

  /** Returns the PTZ control of configured cameras. */
  public MovableCameras movable() {
    return movable;
  }

  static <T> T await(CompletableFuture<T> future) throws OnvifException {
    try {
      return future.get(MAX_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw OnvifException.of(e);
    } catch (TimeoutException e) {
      throw new IllegalStateException("an ONVIF request did not time out by itself", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  @Override
  public void close() {
    client.close();
  }
}
