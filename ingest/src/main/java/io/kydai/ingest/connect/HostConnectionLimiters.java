package io.kydai.ingest.connect;

import io.kydai.ingest.source.CameraSource;
import io.kydai.ingest.source.Transport;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import java.util.function.Supplier;

/** The gates of all hosts that there are cameras for. A gate is kept while a camera uses it. */
public final class HostConnectionLimiters {
  private static final class Kept {
    private final HostConnectionLimiter gate;
    private int cameras;

    Kept(HostConnectionLimiter gate) {
      this.gate = gate;
    }
  }

  /** A probe says nothing and hears nothing. */
  @ChannelHandler.Sharable
  private static final class Nothing extends ChannelInboundHandlerAdapter {}

  private final Supplier<EventLoop> loops;
  private final Function<EventLoop, Bootstrap> bootstraps;
  private final Map<Endpoint, Kept> gates = new HashMap<>();

  /**
   * @param loops a loop for each new gate
   * @param bootstraps makes what opens connections on a loop
   */
  public HostConnectionLimiters(
      Supplier<EventLoop> loops, Function<EventLoop, Bootstrap> bootstraps) {
    this.loops = loops;
    this.bootstraps = bootstraps;
  }

  /** The gate that a camera's address is behind, until {@link #release}. */
  public synchronized HostConnectionLimiter take(CameraSource source) {
    Kept kept = gates.computeIfAbsent(endpoint(source), host -> new Kept(gate(host)));
    kept.cameras++;
    return kept.gate;
  }

  public synchronized void release(CameraSource source) {
    gates.computeIfPresent(endpoint(source), (host, kept) -> --kept.cameras == 0 ? null : kept);
  }

  private static Endpoint endpoint(CameraSource source) {
    return Endpoint.of(source.address(), source.transport() == Transport.HTTP);
  }

  private HostConnectionLimiter gate(Endpoint host) {
    EventLoop loop = loops.get();
    Bootstrap probes = bootstraps.apply(loop).handler(new Nothing());
    return new HostConnectionLimiter(
        loop, () -> probe(probes, host), () -> ThreadLocalRandom.current().nextDouble());
  }

  private static Future<Void> probe(Bootstrap probes, Endpoint host) {
    ChannelFuture connecting = probes.connect(host.host(), host.port());
    connecting.addListener(
        done -> {
          if (done.isSuccess()) {
            connecting.channel().close();
          }
        });
    return connecting;
  }
}
