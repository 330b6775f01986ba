package io.kydai.ingest;

import io.netty.resolver.AbstractAddressResolver;
import io.netty.resolver.AddressResolver;
import io.netty.resolver.AddressResolverGroup;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Promise;
import java.net.SocketAddress;
import java.util.List;

/** All hosts are one address within the process, so that no socket is opened. */
public final class LocalNames extends AddressResolverGroup<SocketAddress> {
  private final SocketAddress address;

  public LocalNames(SocketAddress address) {
    this.address = address;
  }

  @Override
  protected AddressResolver<SocketAddress> newResolver(EventExecutor executor) {
    return new AbstractAddressResolver<>(executor, SocketAddress.class) {
      @Override
      protected boolean doIsResolved(SocketAddress asked) {
        return asked.equals(address);
      }

      @Override
      protected void doResolve(SocketAddress asked, Promise<SocketAddress> promise) {
        promise.setSuccess(address);
      }

      @Override
      protected void doResolveAll(SocketAddress asked, Promise<List<SocketAddress>> promise) {
        promise.setSuccess(List.of(address));
      }
    };
  }
}
