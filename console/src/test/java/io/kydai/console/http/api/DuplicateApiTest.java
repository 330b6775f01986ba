package io.kydai.console.http.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.kydai.console.audit.Actor;
import io.kydai.console.audit.RequestOrigin;
import io.kydai.console.http.Api;
import io.kydai.console.reports.Report;
import io.kydai.console.users.Permission;
import io.kydai.console.users.Scope;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DuplicateApiTest {
  @TempDir Path folder;
  private DeskServer desk;

  @BeforeEach
  void start() throws Exception {
    desk = new DeskServer(folder);
    desk.api
        .json("POST", "/api/v1/cameras", "{\"id\": \"gate\", \"url\": \"rtsp://127.0.0.1/\"}")
        .expect(201);
  }

  @AfterEach
  void stop() {
    desk.close();
  }

  private Api program(String name, Permission... permissions) {
    return new Api(
        desk.address,
        desk.directory
            .addToken(
                name, Set.of(permissions), Scope.EVERYTHING, null, Actor.SYSTEM, RequestOrigin.NONE)
            .secret());
  }

  @Test
  void an_agency_is_not_given_by_a_merge_without_the_right_to_assign() throws Exception {
    Report parent = desk.receive("01JAAAAAAAAAAAAAAAAAAAAAA1", "a.jpg", "a");
    Report child = desk.receive("01JAAAAAAAAAAAAAAAAAAAAAA2", "b.jpg", "b");
    String one = "/api/v1/reports/" + parent.id();
    desk.api.json("POST", one + "/verify", "{}").expect(200);
    desk.api.json("POST", one + "/assign", "{\"agency\": \"Police\"}").expect(200);
    String path = "/api/v1/reports/" + child.id() + "/parent";
    String merge = "{\"parent\": \"" + parent.id() + "\"}";

    program("reviewer", Permission.EVIDENCE, Permission.REVIEW)
        .json("PUT", path, merge)
        .expect(403);
    assertThat(desk.reports.find(child.id()).orElseThrow().handling().parent()).isNull();
    program("dispatcher", Permission.EVIDENCE, Permission.REVIEW, Permission.ASSIGN)
        .json("PUT", path, merge)
        .expect(200);
    assertThat(desk.reports.find(child.id()).orElseThrow().handling().agency()).isEqualTo("Police");
  }
}
