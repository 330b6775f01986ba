package io.kydai.console.users.factor;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.Test;

class RelyingPartyTest {
  @Test
  void the_site_is_that_of_the_public_address_whatever_the_request_says() {
    assertThat(RelyingParty.of(URI.create("https://Kydai.example/x"), "evil.example", false))
        .hasValue(new RelyingParty("kydai.example", "https://kydai.example"));
    assertThat(RelyingParty.of(URI.create("https://kydai.example:8443"), "evil.example", false))
        .hasValue(new RelyingParty("kydai.example", "https://kydai.example:8443"));
    assertThat(RelyingParty.of(URI.create("https://kydai.example:443"), "evil.example", false))
        .hasValue(new RelyingParty("kydai.example", "https://kydai.example"));
  }

  @Test
  void without_a_public_address_only_localhost_is_a_site() {
    assertThat(RelyingParty.of(null, "localhost:8080", false))
        .hasValue(new RelyingParty("localhost", "http://localhost:8080"));
    assertThat(RelyingParty.of(null, "LOCALHOST", true))
        .hasValue(new RelyingParty("localhost", "https://localhost"));
    assertThat(RelyingParty.of(null, "kydai.example", true)).isEmpty();
    assertThat(RelyingParty.of(null, "localhost.evil.example", true)).isEmpty();
  }

  @Test
  void an_ip_address_is_no_site() {
    assertThat(RelyingParty.of(null, "127.0.0.1:8080", false)).isEmpty();
    assertThat(RelyingParty.of(URI.create("https://192.0.2.7:8443"), "x", true)).isEmpty();
    assertThat(RelyingParty.of(URI.create("https://[2001:db8::1]"), "x", true)).isEmpty();
  }
}
