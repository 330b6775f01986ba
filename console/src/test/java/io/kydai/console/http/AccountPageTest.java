package io.kydai.console.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonObject;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import io.kydai.console.config.HttpConfig;
import io.kydai.console.config.OidcConfig;
import io.kydai.console.config.PeopleConfig;
import io.kydai.console.config.tree.Secret;
import io.kydai.console.http.api.DeskServer;
import io.kydai.console.oidc.MockProvider;
import io.kydai.console.users.Role;
import io.kydai.console.users.factor.AuthenticatorApp;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * People sign in with a code, with a passkey of Chromium's virtual authenticator, and by an OpenID
 * Connect provider. Screenshots stay in target/screenshots.
 */
@Tag("browser")
@Timeout(180)
class AccountPageTest {
  private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
  private static final Path SCREENSHOTS = Path.of("target", "screenshots");

  @TempDir Path folder;
  private final List<String> complaints = new ArrayList<>();
  private MockProvider mock;
  private DeskServer desk;
  private Playwright playwright;
  private BrowserContext context;
  private Page page;
  private String home;

  @BeforeEach
  void start() throws Exception {
    assumeTrue(Files.isExecutable(CHROMIUM), "Debian package chromium is not installed");
    Files.createDirectories(SCREENSHOTS);
    mock = new MockProvider();
    OidcConfig.Group wall =
        new OidcConfig.Group("wall", Role.OPERATOR, Set.of(), Set.of(), Set.of(), null);
    desk =
        new DeskServer(
            folder,
            HttpConfig.DEFAULT.withPort(0),
            new PeopleConfig(
                Set.of(Role.ADMINISTRATOR),
                new OidcConfig(
                    mock.issuer(),
                    MockProvider.CLIENT,
                    Secret.of("secret"),
                    "groups",
                    List.of(wall))));
    // WebAuthn knows no passkeys of an IP address.
    home = "http://localhost:" + desk.address.getPort() + "/";
    playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    Browser browser =
        playwright
            .chromium()
            .launch(
                new BrowserType.LaunchOptions()
                    .setExecutablePath(CHROMIUM)
                    .setArgs(List.of("--no-sandbox", "--disable-gpu", "--no-first-run")));
    context =
        browser.newContext(
            new Browser.NewContextOptions().setViewportSize(1440, 810).setLocale("en-GB"));
    page = context.newPage();
    page.addInitScript(Chromium.LANGUAGE.formatted("en"));
    page.setDefaultTimeout(30_000);
    page.onPageError(complaints::add);
  }

  @AfterEach
  void stop() {
    if (playwright != null) {
      playwright.close();
    }
    if (desk != null) {
      desk.close();
    }
    if (mock != null) {
      mock.close();
    }
    assertThat(complaints).isEmpty();
  }

  private void enterPassword() {
    page.navigate(home);
    page.waitForSelector("#password");
    page.locator("#name").fill(LoggedIn.ADMIN);
    page.locator("#password").fill(LoggedIn.PASSWORD);
    page.keyboard().press("Enter");
  }

  private void confirmPassword() {
    page.locator("#again").fill(LoggedIn.PASSWORD);
    page.keyboard().press("Enter");
  }

  private void signOut() {
    page.click(".person summary");
    page.click(".sign-out");
    page.waitForSelector("#password");
  }

  private static void screenshot(Page page, String name) {
    page.screenshot(new Page.ScreenshotOptions().setPath(SCREENSHOTS.resolve(name + ".png")));
  }

  @Test
  void who_must_have_a_second_factor_adds_an_app_and_signs_in_with_its_code() throws Exception {
    enterPassword();
    page.waitForSelector("#add-totp");
    assertThat(page.url()).endsWith("#/account");
    assertThat(page.locator(".account .warning").innerText()).contains("second factor");
    page.locator("#add-totp").click();
    confirmPassword();
    page.waitForSelector(".qr");
    screenshot(page, "account-totp");
    AuthenticatorApp app = new AuthenticatorApp(page.locator(".secret").innerText());
    page.locator("input[name=code]").fill(app.code(-1));
    page.keyboard().press("Enter");
    page.waitForSelector(".codes li");
    assertThat(page.locator(".codes li").count()).isEqualTo(10);
    String recovery = page.locator(".codes li").first().innerText();
    page.locator(".card button.verify").click();
    page.waitForSelector("kydai-wall");

    signOut();
    enterPassword();
    page.waitForSelector("#code");
    page.locator("#code").fill(app.code(0));
    screenshot(page, "signin-code");
    page.keyboard().press("Enter");
    page.waitForSelector("kydai-wall");

    signOut();
    enterPassword();
    page.waitForSelector("#code");
    page.locator("#code").fill(recovery.toLowerCase(java.util.Locale.ROOT));
    page.keyboard().press("Enter");
    page.waitForSelector("kydai-wall");
  }

  @Test
  void a_passkey_is_added_used_and_removed() {
    CDPSession authenticator = context.newCDPSession(page);
    authenticator.send("WebAuthn.enable");
    JsonObject options = new JsonObject();
    options.addProperty("protocol", "ctap2");
    options.addProperty("transport", "usb");
    options.addProperty("hasUserVerification", true);
    options.addProperty("isUserVerified", true);
    options.addProperty("automaticPresenceSimulation", true);
    JsonObject add = new JsonObject();
    add.add("options", options);
    authenticator.send("WebAuthn.addVirtualAuthenticator", add);

    enterPassword();
    page.waitForSelector("#add-passkey");
    page.locator("#add-passkey").click();
    page.locator("input[name=label]").fill("my key");
    confirmPassword();
    page.waitForSelector(".codes li");
    assertThat(page.locator(".account .entries").first().innerText()).contains("my key");
    screenshot(page, "account-passkey");
    page.locator(".card button.verify").click();
    page.waitForSelector("kydai-wall");

    signOut();
    enterPassword();
    page.waitForSelector("#passkey");
    page.locator("#passkey").click();
    page.waitForSelector("kydai-wall");

    page.navigate(home + "#/account");
    page.locator(".entries li", new Page.LocatorOptions().setHasText("my key"))
        .locator("button")
        .click();
    confirmPassword();
    // The account must keep one.
    page.waitForSelector(".account .warning[role=alert]");
    assertThat(page.locator(".account .warning").innerText()).contains("add another one first");
  }

  @Test
  void a_person_signs_in_and_out_by_the_provider() {
    mock.next("s-1", "lan", List.of("wall"));
    page.navigate(home);
    page.locator("#oidc").click();
    page.waitForSelector("kydai-wall");
    assertThat(page.locator(".who-t").innerText()).startsWith("lan");
    assertThat(URI.create(page.url()).getPath()).isEqualTo("/");

    page.click(".person summary");
    page.click(".sign-out");
    page.waitForURL(home + "signin.html*");
    page.navigate(home);
    page.waitForSelector("#password");

    mock.next("s-2", "minh", List.of());
    page.waitForSelector("#oidc");
    page.locator("#oidc").click();
    page.waitForURL(home + "signin.html#oidc=refused");
    page.waitForCondition(
        () -> page.locator("[role=alert]").innerText().contains("was not let in"));
  }
}
