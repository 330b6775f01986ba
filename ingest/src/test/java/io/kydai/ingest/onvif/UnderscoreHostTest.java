package io.kydai.ingest.onvif;

import static org.assertj.core.api.Assertions.assertThat;

import io.kydai.ingest.onvif.soap.HttpExchange;
import io.kydai.ingest.onvif.soap.ReachedHost;
import io.kydai.ingest.onvif.soap.SoapSession;
import io.kydai.ingest.simulator.onvif.OnvifSimulator;
import io.kydai.ingest.simulator.onvif.SimulatedProfile;
import io.kydai.ingest.source.CameraSource.Credentials;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.resolver.AddressResolver;
import io.netty.resolver.AddressResolverGroup;
import io.netty.resolver.InetNameResolver;
import io.netty.resolver.InetSocketAddressResolver;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Promise;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A simulated camera that is reached by a name with an underscore, which URI has no host for. */
@Timeout(60)
class UnderscoreHostTest {
  private static final Credentials ADMIN = new Credentials("admin", "s3cret");

  private final Set<String> asked = ConcurrentHashMap.newKeySet();
  private final EventLoopGroup loop = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
  private final AddressResolverGroup<InetSocketAddress> names = new Loopback();

  @AfterEach
  void stop() throws InterruptedException {
    names.close();
    loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).await(10, TimeUnit.SECONDS);
  }

  @Test
  void aCameraIsAskedAndItsStreamsAreAtTheNameWithTheUnderscore() throws Exception {
    try (OnvifSimulator camera =
        OnvifSimulator.builder()
            .digest(true, ADMIN.user(), ADMIN.password())
            .profile(
                new SimulatedProfile(
                    "p0",
                    "Profile p0",
                    "H264",
                    1920,
                    1080,
                    25,
                    URI.create("rtsp://192.168.1.10:8554/p0")))
            .start()) {
      URI device =
          URI.create("http://cam_7:" + camera.address().getPort() + "/onvif/device_service");
      SoapSession session =
          new SoapSession(
              new HttpExchange(loop, names),
              null,
              new ReachedHost(device),
              ADMIN,
              Clock.systemUTC(),
              new SecureRandom());

      OnvifCamera seen = get(OnvifCamera.connect(session));
      List<MediaProfile> profiles = get(seen.profiles());

      assertThat(get(seen.streamAddress(profiles.get(0))))
          .isEqualTo(URI.create("rtsp://cam_7:8554/p0"));
      assertThat(asked).containsExactly("cam_7");
    }
  }

  private static <T> T get(CompletableFuture<T> future) throws Exception {
    return future.get(20, TimeUnit.SECONDS);
  }

  /** Every name is this machine's. */
  private final class Loopback extends AddressResolverGroup<InetSocketAddress> {
    @Override
    protected AddressResolver<InetSocketAddress> newResolver(EventExecutor executor) {
      return new InetSocketAddressResolver(
          executor,
          new InetNameResolver(executor) {
            @Override
            protected void doResolve(String name, Promise<InetAddress> promise) {
              asked.add(name);
              promise.setSuccess(new InetSocketAddress("127.0.0.1", 0).getAddress());
            }

            @Override
            protected void doResolveAll(String name, Promise<List<InetAddress>> promise) {
              asked.add(name);
              promise.setSuccess(List.of(new InetSocketAddress("127.0.0.1", 0).getAddress()));
            }
          });
    }
  }
}
