package io.kydai.console.http;

import static io.kydai.console.http.Chromium.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import io.kydai.console.audit.Actor;
import io.kydai.console.audit.RequestOrigin;
import io.kydai.console.http.api.DeskServer;
import io.kydai.console.users.Grant;
import io.kydai.console.users.Permission;
import io.kydai.console.users.Role;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A person of each role signs in at the page, and finds what the role may see. */
@Tag("browser")
@Timeout(300)
class RolesPageTest {
  private static final String PASSWORD = "trang nuoc song Huong";

  @TempDir Path folder;

  private static Map<String, Boolean> pages(Role role) {
    boolean live = role.permissions().contains(Permission.LIVE);
    boolean officer = role == Role.AGENCY_OFFICER;
    Map<String, Boolean> pages = new LinkedHashMap<>();
    pages.put("wall", live);
    pages.put("agency", officer);
    pages.put("incidents", role.permissions().contains(Permission.EVIDENCE) && !officer);
    pages.put("statistics", role.permissions().contains(Permission.HISTORY));
    pages.put("audit", role.permissions().contains(Permission.AUDIT));
    return pages;
  }

  @Test
  void eachRoleSignsInAndSeesItsPagesAndNoOther() throws Exception {
    try (Chromium chromium = Chromium.start();
        DeskServer desk = new DeskServer(folder)) {
      for (Role role : Role.values()) {
        desk.directory.add(
            role.wire(),
            role.wire(),
            role == Role.AGENCY_OFFICER ? "police" : null,
            List.of(Grant.of(role)),
            PASSWORD,
            Actor.SYSTEM,
            RequestOrigin.NONE);
        Page page = chromium.page("en-GB");
        page.navigate(desk.address.toString());
        page.fill("#name", role.wire());
        page.fill("#password", PASSWORD);
        page.keyboard().press("Enter");
        page.waitForSelector(".person");
        await(page, ".person", role.wire());
        for (Map.Entry<String, Boolean> one : pages(role).entrySet()) {
          assertThat(page.locator(".nav a[href='#/" + one.getKey() + "']").count())
              .as("%s sees %s", role, one)
              .isEqualTo(one.getValue() ? 1 : 0);
        }
        if (role != Role.ADMINISTRATOR) {
          page.navigate(desk.address + "#/people");
          await(page, ".refused", "You have no right");
        }
        page.close();
      }
      assertThat(chromium.complaints).isEmpty();
    }
  }
}
