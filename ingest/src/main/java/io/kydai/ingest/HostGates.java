package io.kydai.ingest;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import java.util.function.Supplier;

/** The gates of all hosts that there are cameras for. A gate is kept while a camera uses it. */
final class HostGates {
  private static final class Kept {
    private final HostGate gate;
    private int cameras;

    Kept(HostGate gate) {
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
  HostGates(Supplier<EventLoop> loops, Function<EventLoop, Bootstrap> bootstraps) {
    this.loops = loops;
    this.bootstraps = bootstraps;
  }

  /** The gate that a camera's address is behind, until {@link #release}. */
  synchronized HostGate take(URI address) {
    Kept kept = gates.computeIfAbsent(Endpoint.of(address), host -> new Kept(gate(host)));
    kept.cameras++;
    return kept.gate;
  }

  synchronized void release(URI address) {
    gates.computeIfPresent(Endpoint.of(address), (host, kept) -> --kept.cameras == 0 ? null : kept);
  }

  private HostGate gate(Endpoint host) {
    EventLoop loop = loops.get();
    Bootstrap probes = bootstraps.apply(loop).handler(new Nothing());
    return new HostGate(
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
