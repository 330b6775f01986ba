package io.kydai.ingest.connect;

import io.kydai.ingest.source.BlockedAddresses;
import io.netty.bootstrap.Bootstrap;
import io.netty.resolver.AbstractAddressResolver;
import io.netty.resolver.AddressResolver;
import io.netty.resolver.AddressResolverGroup;
import io.netty.util.NetUtil;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Promise;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Resolves the hosts that are connected to, and refuses the addresses that no camera has ({@link
 * BlockedAddresses}). It is the last look before each connection, at the very address that is then
 * used: neither a redirection nor a name whose address changes after it was looked at (DNS
 * rebinding) leads past it. Addresses that are written as numbers go through it too.
 *
 * <p>Of several addresses of a host, one refused address refuses the host.
 */
public final class CheckedAddresses extends AddressResolverGroup<InetSocketAddress> {
  /** When this machine itself may be connected to. */
  public enum OwnMachine {
    /** Always: by RTSP, since relays on the same machine are usual. */
    ALLOWED,
    /** When it is written so: by HTTP, which many services of a machine speak. */
    SPELLED_OUT,
    /** Never: where another host sent the connection here. */
    REFUSED
  }

  private final AddressResolverGroup<InetSocketAddress> names;
  private final OwnMachine own;
  private final @Nullable CheckedAddresses redirected;

  /**
   * Creates a check.
   *
   * @param names resolves names; stays the caller's, who closes it
   * @param own when this machine itself may be connected to
   */
  public CheckedAddresses(AddressResolverGroup<InetSocketAddress> names, OwnMachine own) {
    this.names = names;
    this.own = own;
    redirected = own == OwnMachine.REFUSED ? null : new CheckedAddresses(names, OwnMachine.REFUSED);
  }

  /** Returns a bootstrap for connections to which another host redirected. */
  public static Bootstrap redirected(Bootstrap bootstrap) {
    return bootstrap.config().resolver() instanceof CheckedAddresses checked
            && checked.redirected != null
        ? bootstrap.clone().resolver(checked.redirected)
        : bootstrap;
  }

  @Override
  protected AddressResolver<InetSocketAddress> newResolver(EventExecutor executor) {
    AddressResolver<InetSocketAddress> inner = names.getResolver(executor);
    return new AbstractAddressResolver<>(executor, InetSocketAddress.class) {
      @Override
      protected boolean doIsResolved(InetSocketAddress address) {
        return !address.isUnresolved();
      }

      @Override
      protected void doResolve(InetSocketAddress address, Promise<InetSocketAddress> promise) {
        // All of them, as the first of a list that changes its order says little.
        Promise<List<InetSocketAddress>> all = executor().newPromise();
        all.addListener(
            done -> {
              if (all.isSuccess()) {
                promise.trySuccess(all.getNow().get(0));
              } else {
                promise.tryFailure(all.cause());
              }
            });
        doResolveAll(address, all);
      }

      @Override
      protected void doResolveAll(
          InetSocketAddress address, Promise<List<InetSocketAddress>> promise) {
        inner
            .resolveAll(address)
            .addListener(
                done -> {
                  if (!done.isSuccess()) {
                    promise.tryFailure(done.cause());
                    return;
                  }
                  @SuppressWarnings("unchecked") // the future is resolveAll's
                  List<InetSocketAddress> found = (List<InetSocketAddress>) done.getNow();
                  if (found.stream()
                      .allMatch(one -> allows(address.getHostString(), one.getAddress()))) {
                    promise.trySuccess(found);
                  } else {
                    promise.tryFailure(new AddressRefusedException());
                  }
                });
      }
    };
  }

  private boolean allows(String host, InetAddress address) {
    return !BlockedAddresses.contains(address)
        && (!BlockedAddresses.isOwnMachine(address)
            || own == OwnMachine.ALLOWED
            || own == OwnMachine.SPELLED_OUT && isSpelledOut(host));
  }

  private static boolean isSpelledOut(String host) {
    String bare = host.replaceAll("[\\[\\]]", "");
    return bare.equalsIgnoreCase("localhost")
        || NetUtil.isValidIpV4Address(bare)
        || NetUtil.isValidIpV6Address(bare);
  }
}
