package io.kydai.console.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.Cookie;
import com.microsoft.playwright.options.SameSiteAttribute;
import io.kydai.console.node.Node;
import io.kydai.ingest.simulator.CameraSimulator;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A whole node with a self-signed certificate, in a browser. */
@Tag("browser")
@Timeout(240)
class TlsPageTest {
  @TempDir Path folder;

  @Test
  void the_wall_plays_over_tls_after_a_sign_in_whose_cookie_is_bound_to_the_host()
      throws Exception {
    try (Chromium chromium = Chromium.start();
        CameraSimulator simulator = StartedNode.simulator("gate");
        Node node =
            StartedNode.startWithTls(
                folder, "cameras: [{id: gate, url: '%s'}]".formatted(simulator.address("gate")))) {
      String link = node.firstLink().orElseThrow().toString();
      assertThat(link).startsWith("https://");
      Page stranger = chromium.page("en-GB");
      assertThatThrownBy(() -> stranger.navigate(link))
          .hasMessageContaining("ERR_CERT_AUTHORITY_INVALID");

      Page page = chromium.page("en-GB", true);
      List<String> sockets = new ArrayList<>();
      page.onWebSocket(socket -> sockets.add(socket.url()));
      page.navigate(link);
      page.fill("#name", "binh");
      page.fill("#password", LoggedIn.PASSWORD);
      page.fill("#again", LoggedIn.PASSWORD);
      page.keyboard().press("Enter");
      page.waitForSelector("kydai-tile[data-camera=gate] video");
      page.waitForCondition(
          () ->
              Boolean.TRUE.equals(
                  page.evaluate("document.querySelector('kydai-tile video').currentTime > 0")));

      Cookie cookie = page.context().cookies().get(0);
      assertThat(cookie.name).isEqualTo("__Host-kydai-session");
      assertThat(cookie.secure).isTrue();
      assertThat(cookie.httpOnly).isTrue();
      assertThat(cookie.sameSite).isEqualTo(SameSiteAttribute.STRICT);
      assertThat(sockets)
          .anyMatch(url -> url.endsWith("/api/v1/cameras/gate/live"))
          .allMatch(url -> url.startsWith("wss://"));
      assertThat(chromium.addresses).noneMatch(address -> address.startsWith("http://"));
      assertThat(chromium.complaints).isEmpty();
      Chromium.screenshot(page, "wall-over-tls");
    }
  }
}
