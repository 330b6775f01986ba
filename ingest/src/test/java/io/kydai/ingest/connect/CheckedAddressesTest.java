package io.kydai.ingest.connect;

import static org.assertj.core.api.Assertions.assertThat;

import io.kydai.ingest.connect.CheckedAddresses.OwnMachine;
import io.netty.bootstrap.Bootstrap;
import io.netty.resolver.AddressResolver;
import io.netty.resolver.AddressResolverGroup;
import io.netty.resolver.InetNameResolver;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.ImmediateEventExecutor;
import io.netty.util.concurrent.Promise;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CheckedAddressesTest {
  /** A name server that has these addresses for every name. */
  private static AddressResolverGroup<InetSocketAddress> names(String... addresses) {
    return new AddressResolverGroup<>() {
      @Override
      protected AddressResolver<InetSocketAddress> newResolver(EventExecutor executor) {
        return new InetNameResolver(executor) {
          @Override
          protected void doResolve(String host, Promise<InetAddress> promise) throws Exception {
            promise.setSuccess(all().get(0));
          }

          @Override
          protected void doResolveAll(String host, Promise<List<InetAddress>> promise)
              throws Exception {
            promise.setSuccess(all());
          }

          private List<InetAddress> all() throws UnknownHostException {
            List<InetAddress> all = new ArrayList<>();
            for (String address : addresses) {
              all.add(InetAddress.getByName(address));
            }
            return all;
          }
        }.asAddressResolver();
      }
    };
  }

  private static Future<InetSocketAddress> resolve(
      AddressResolverGroup<InetSocketAddress> group, String host) {
    return group
        .getResolver(ImmediateEventExecutor.INSTANCE)
        .resolve(InetSocketAddress.createUnresolved(host, 554));
  }

  private static boolean allowed(OwnMachine own, String host, String... addresses) {
    Future<InetSocketAddress> found =
        resolve(new CheckedAddresses(names(addresses), own), host).awaitUninterruptibly();
    assertThat(found.isSuccess() || found.cause() instanceof AddressRefusedException).isTrue();
    return found.isSuccess();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "169.254.169.254",
        "169.254.170.2",
        "100.100.100.200",
        "fd00:ec2::254",
        "::ffff:169.254.169.254",
        "::a9fe:a9fe",
        "64:ff9b::a9fe:a9fe",
        "2002:a9fe:a9fe::1",
        "0.0.0.0",
        "::",
        "224.0.0.1",
        "ff02::1",
        "255.255.255.255"
      })
  void an_address_that_no_camera_has_is_refused_in_every_form(String address) {
    assertThat(allowed(OwnMachine.ALLOWED, "camera.example", address)).isFalse();
    assertThat(allowed(OwnMachine.ALLOWED, address, address)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"192.168.1.10", "10.0.0.9", "169.254.3.4", "203.0.113.7", "fe80::1"})
  void cameras_are_in_private_networks_too(String address) {
    assertThat(allowed(OwnMachine.REFUSED, "camera.example", address)).isTrue();
  }

  @Test
  void one_refused_address_refuses_the_name() {
    assertThat(allowed(OwnMachine.ALLOWED, "rebinds.example", "192.168.1.10", "169.254.169.254"))
        .isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "ALLOWED, relay.example, 127.0.0.1, true",
    "SPELLED_OUT, relay.example, 127.0.0.1, false",
    "SPELLED_OUT, relay.example, 64:ff9b::7f00:1, false",
    "SPELLED_OUT, 127.0.0.1, 127.0.0.1, true",
    "SPELLED_OUT, localhost, ::1, true",
    "REFUSED, localhost, 127.0.0.1, false",
    "REFUSED, 127.0.0.1, 127.0.0.1, false"
  })
  void this_machine_is_allowed_by_the_way_it_is_reached(
      OwnMachine own, String host, String address, boolean allowed) {
    assertThat(allowed(own, host, address)).isEqualTo(allowed);
  }

  @Test
  void a_redirection_does_not_lead_to_this_machine() {
    Bootstrap configured =
        new Bootstrap().resolver(new CheckedAddresses(names("127.0.0.1"), OwnMachine.ALLOWED));
    AddressResolverGroup<?> after = CheckedAddresses.redirected(configured).config().resolver();

    @SuppressWarnings("unchecked") // a CheckedAddresses
    AddressResolverGroup<InetSocketAddress> redirected =
        (AddressResolverGroup<InetSocketAddress>) after;
    assertThat(resolve(redirected, "inside.example").awaitUninterruptibly().cause())
        .isInstanceOf(AddressRefusedException.class);
  }
}
