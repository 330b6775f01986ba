package io.kydai.console.http;

import static io.kydai.console.http.Chromium.await;
import static io.kydai.console.http.Chromium.screenshot;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.Cookie;
import io.kydai.console.node.Node;
import io.kydai.ingest.simulator.CameraSimulator;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A whole node's first link in a browser: the first administrator, signing out and signing in. */
@Tag("browser")
@Timeout(240)
class FirstSignInTest {
  private static final Pattern SIGN_IN = Pattern.compile("/signin\\.html");
  private static final String COOKIE = "kydai-session";

  @TempDir Path folder;
  private CameraSimulator simulator;
  private Node node;
  private Chromium chromium;

  @BeforeEach
  void start() throws Exception {
    chromium = Chromium.start();
    simulator = StartedNode.simulator("gate");
    node =
        StartedNode.start(
            folder,
            "cameras: [{id: gate, name: Cổng Ngăn, url: 'rtsp://127.0.0.1:%d/gate'}]"
                .formatted(simulator.port()));
  }

  @AfterEach
  void stop() {
    if (chromium != null) {
      chromium.close();
    }
    if (node != null) {
      node.close();
    }
    if (simulator != null) {
      simulator.close();
    }
  }

  @Test
  void the_first_link_leads_to_an_account_and_to_the_wall_once() throws Exception {
    URI link = node.firstLink().orElseThrow();
    Page page = chromium.page("vi-VN");
    page.navigate(link.toString());
    assertThat(page.locator("h1").innerText()).isEqualTo("Quản trị viên đầu tiên");
    screenshot(page, "first-administrator-vietnamese");
    page.locator(".language").click();
    assertThat(page.locator("h1").innerText()).isEqualTo("The first administrator");
    assertThat(page.url()).as("the secret is not in the address bar").doesNotContain("first");
    assertThat(page.evaluate("document.activeElement.id")).isEqualTo("name");

    page.keyboard().type("binh");
    page.keyboard().press("Tab");
    page.keyboard().type("passwordpassword");
    page.keyboard().press("Tab");
    page.keyboard().type("another");
    page.keyboard().press("Enter");
    await(page, "[role=alert]", "The two passwords differ.");
    page.fill("#again", "passwordpassword");
    page.keyboard().press("Enter");
    await(page, "[role=alert]", "This password cannot be taken.");
    screenshot(page, "first-administrator");
    page.fill("#password", LoggedIn.PASSWORD);
    page.fill("#again", LoggedIn.PASSWORD);
    page.keyboard().press("Enter");
    page.waitForSelector("kydai-tile[data-camera=gate] video");
    assertThat(page.url()).isEqualTo(node.address().toString());
    await(page, ".top", "binh");
    until(page, "document.querySelector('kydai-tile video').currentTime > 0");
    screenshot(page, "first-wall");
    String secret = link.getFragment().substring("first=".length());
    String password = LoggedIn.PASSWORD.split(" ")[0];
    String cookie = cookie(page);
    assertThat(chromium.addresses)
        .as("no secret in an address, and none in a referrer")
        .noneMatch(address -> address.contains(secret))
        .noneMatch(address -> address.contains(password))
        .noneMatch(address -> address.contains(cookie));

    Page tab = page.context().newPage();
    tab.navigate(node.address().toString());
    tab.waitForSelector("kydai-tile[data-camera=gate] video");
    page.click(".person summary");
    page.click(".sign-out");
    page.waitForURL(SIGN_IN);
    // Nobody signed out there: the server closed its sockets.
    tab.waitForURL(SIGN_IN);
    assertThat(cookieOrNone(page)).as("the cookie is gone").isEmpty();

    page.navigate("about:blank");
    page.navigate(link.toString());
    page.fill("#name", "eve");
    page.fill("#password", LoggedIn.PASSWORD);
    page.fill("#again", LoggedIn.PASSWORD);
    page.keyboard().press("Enter");
    await(page, "[role=alert]", "This link was used already or is too old.");
    assertThat(chromium.complaints).isEmpty();
  }

  @Test
  void signing_in_gives_another_cookie_and_leads_back_to_the_page() throws Exception {
    LoggedIn.firstAdministrator(node);
    Page page = chromium.page("vi-VN");
    page.context()
        .addCookies(
            List.of(
                new Cookie(COOKIE, "known-to-somebody-else").setUrl(node.address().toString())));
    page.navigate(node.address() + "#/reports");
    page.waitForURL(SIGN_IN);
    page.fill("#name", LoggedIn.ADMIN);
    page.fill("#password", "không phải mật khẩu");
    page.keyboard().press("Enter");
    await(page, "[role=alert]", "Tên, mật khẩu hoặc mã chưa đúng.");
    screenshot(page, "sign-in-wrong");
    page.fill("#name", "nobody");
    page.keyboard().press("Enter");
    await(page, "[role=alert]", "Tên, mật khẩu hoặc mã chưa đúng.");
    page.fill("#name", LoggedIn.ADMIN);
    page.fill("#password", LoggedIn.PASSWORD);
    page.keyboard().press("Enter");
    page.waitForSelector(".nav a");
    String first = cookie(page);
    assertThat(first).isNotEqualTo("known-to-somebody-else").hasSizeGreaterThan(20);

    page.navigate(node.address() + "signin.html#to=%23%2Fincidents");
    page.reload();
    page.fill("#name", LoggedIn.ADMIN);
    page.fill("#password", LoggedIn.PASSWORD);
    page.keyboard().press("Enter");
    page.waitForURL(Pattern.compile("/#/incidents"));
    page.waitForSelector(".nav li");
    assertThat(cookie(page)).as("each log-in has a cookie of its own").isNotEqualTo(first);
    Page before = chromium.page("en-GB");
    LoggedIn.into(before, node.address(), COOKIE + "=" + first);
    before.navigate(node.address().toString());
    before.waitForURL(SIGN_IN);

    // Another site is no destination.
    page.navigate(node.address() + "signin.html#to=" + "%2F%2Fexample.org%2F");
    page.reload();
    page.fill("#name", LoggedIn.ADMIN);
    page.fill("#password", LoggedIn.PASSWORD);
    page.keyboard().press("Enter");
    page.waitForSelector(".nav a");
    assertThat(page.url()).startsWith(node.address().toString());
    assertThat(chromium.complaints).isEmpty();
  }

  @Test
  void no_page_is_shown_inside_of_another_site() throws Exception {
    String cookie = LoggedIn.firstAdministrator(node);
    Page page = chromium.page("en-GB");
    LoggedIn.into(page, node.address(), cookie);
    for (String path : List.of("", "signin.html", "index.html", "api/v1/session", "no-such-page")) {
      APIResponse answer = page.request().get(node.address() + path);
      assertThat(answer.headers().get("content-security-policy"))
          .as(path)
          .contains("frame-ancestors 'none'");
    }
    page.route(
        "http://other.example/",
        route ->
            route.fulfill(
                new Route.FulfillOptions()
                    .setContentType("text/html")
                    .setBody("<iframe src='%ssignin.html'></iframe>".formatted(node.address()))));
    page.navigate("http://other.example/");
    page.waitForCondition(
        () ->
            page.frames().size() == 2 && page.frames().get(1).url().startsWith("chrome-error://"));
  }

  private static String cookie(Page page) {
    List<String> found = cookieOrNone(page);
    assertThat(found).hasSize(1);
    return found.get(0);
  }

  private static List<String> cookieOrNone(Page page) {
    return page.context().cookies().stream()
        .filter(cookie -> cookie.name.equals(COOKIE))
        .map(cookie -> cookie.value)
        .toList();
  }

  /** Not by Playwright's waitForFunction: that evaluates in the page, which its policy forbids. */
  private static void until(Page page, String condition) {
    page.waitForCondition(() -> Boolean.TRUE.equals(page.evaluate(condition)));
  }
}
