package io.kydai.console.discovery;

import io.kydai.console.discovery.CameraOffer.Role;
import io.kydai.ingest.media.KeyFrameRequest;
import io.kydai.ingest.onvif.DeviceAccess;
import io.kydai.ingest.onvif.DeviceInformation;
import io.kydai.ingest.onvif.FoundDevice;
import io.kydai.ingest.onvif.MediaProfile;
import io.kydai.ingest.onvif.OnvifCamera;
import io.kydai.ingest.onvif.OnvifClient;
import io.kydai.ingest.onvif.OnvifException;
import io.kydai.ingest.onvif.OnvifKeyFrames;
import io.kydai.ingest.onvif.StreamChoice;
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
 * Looks for cameras, and asks one what it has. Any thread; every call waits for the network.
 *
 * <ul>
 *   <li>Looking around takes 3 seconds and happens once at a time: who asks meanwhile waits for the
 *       same answer, which also serves for 5 seconds after.
 *   <li>Asking a camera takes 30 seconds at most; of its streams at most 16 are asked for their
 *       addresses.
 * </ul>
 */
public final class OnvifCameras implements AutoCloseable {
  private static final Duration LOOK = Duration.ofSeconds(3);
  private static final Duration FRESH = Duration.ofSeconds(5);
  private static final long LONGEST_SECONDS = 30;
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

  /** Looks in every network that this machine is in. */
  public static OnvifCameras everywhere(Clock clock) {
    OnvifClient client = new OnvifClient(clock);
    return new OnvifCameras(client, client::discover, clock);
  }

  /** Looks at one address only. */
  public static OnvifCameras at(InetSocketAddress address, Clock clock) {
    OnvifClient client = new OnvifClient(clock);
    return new OnvifCameras(client, patience -> client.discover(address, patience), clock);
  }

  /** Every camera that answers. */
  public synchronized List<FoundDevice> find() throws OnvifException {
    Instant now = clock.instant();
    boolean fresh = foundAt != null && !now.isBefore(foundAt) && now.isBefore(foundAt.plus(FRESH));
    if (!fresh) {
      found = await(probe.apply(LOOK));
      foundAt = clock.instant();
    }
    return found;
  }

  /**
   * Asks a camera what it has.
   *
   * @throws IllegalArgumentException when it is no address of a device service
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
    refusals.throwIfAllWereOfTheLogIn();
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

  /** What asks a configured camera for key frames. */
  public KeyFrameRequest keyFrames(CameraId camera, DeviceAccess access) {
    return new OnvifKeyFrames(client, camera, access);
  }

  /** Moves configured cameras. */
  public MovableCameras movable() {
    return movable;
  }

  static <T> T await(CompletableFuture<T> future) throws OnvifException {
    try {
      return future.get(LONGEST_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw OnvifException.of(e);
    } catch (TimeoutException e) {
      throw new IllegalStateException("every exchange ends by itself", e);
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
