package io.kydai.console.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kydai.console.config.AddressRange;
import io.kydai.console.config.HttpConfig;
import io.kydai.console.config.KydaiConfig;
import io.kydai.console.config.ServerTls;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NodeAddressTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"0.0.0.0", "::", "192.0.2.7"})
  void anAddressThatOthersReachIsRefusedWithoutTls(String host) {
    HttpConfig http = new HttpConfig(host, 0, null);
    assertThatThrownBy(
            () -> Node.start(KydaiConfig.DEFAULT.withHttp(http), folder.resolve("d"), line -> {}))
        .isInstanceOf(StartException.class)
        .hasMessageContainingAll("http.tls", "http.behind-proxy", "127.0.0.1", host);
    assertThat(folder.resolve("d")).as("nothing was opened").doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "127.1.2.3", "::1", "localhost", "no.such.host.invalid"})
  void aLoopbackAddressNeedsNone(String host) {
    assertThatCode(() -> NodeAddress.check(new HttpConfig(host, 0, null)))
        .doesNotThrowAnyException();
  }

  @Test
  void tlsOrAListedProxyMakesItSafe() {
    assertThatCode(
            () -> {
              NodeAddress.check(
                  new HttpConfig("0.0.0.0", 0, null, new ServerTls.SelfSigned(), List.of()));
              NodeAddress.check(
                  new HttpConfig("0.0.0.0", 0, null, null, List.of(AddressRange.of("10.0.0.1"))));
            })
        .doesNotThrowAnyException();
  }

  @Test
  void aSelfSignedCertificateIsMadeAndItsFingerprintShown() {
    HttpConfig wanted =
        new HttpConfig(
            "127.0.0.1",
            0,
            URI.create("https://kydai.example/"),
            new ServerTls.SelfSigned(),
            List.of());
    List<String> lines = new ArrayList<>();
    HttpConfig http =
        NodeAddress.withCertificate(wanted, folder.resolve("tls"), Clock.systemUTC(), lines::add);
    assertThat(http.tls()).isInstanceOf(ServerTls.Files.class);
    assertThat(lines).last().asString().matches("  ([0-9A-F]{2}:){31}[0-9A-F]{2}");
    assertThat(NodeAddress.of(http, 8443)).hasToString("https://127.0.0.1:8443/");
    assertThat(NodeAddress.of(new HttpConfig("::1", 0, null), 80)).hasToString("http://[::1]:80/");
  }

  @Test
  void filesThatCannotBeUsedEndTheStartWithTheirNames() throws Exception {
    Path text = Files.writeString(folder.resolve("text.pem"), "no certificate");
    HttpConfig http =
        new HttpConfig(
            "127.0.0.1", 0, null, new ServerTls.Files(text, folder.resolve("none")), List.of());
    assertThatThrownBy(
            () ->
                NodeAddress.withCertificate(
                    http, folder.resolve("tls"), Clock.systemUTC(), line -> {}))
        .isInstanceOf(StartException.class)
        .hasMessageContainingAll("http.tls", "none");
  }
}
