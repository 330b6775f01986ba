package io.kydai.console.wall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kydai.console.audit.Actor;
import io.kydai.console.audit.AuditEntry;
import io.kydai.console.audit.AuditFilter;
import io.kydai.console.audit.AuditLog;
import io.kydai.console.audit.RequestOrigin;
import io.kydai.console.store.Database;
import io.kydai.console.store.TestDatabase;
import io.kydai.ingest.source.CameraId;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WallLayoutsTest {
  private static final Actor LAN = new Actor(Actor.Kind.ACCOUNT, "01A", "lan");
  private static final Actor BINH = new Actor(Actor.Kind.ACCOUNT, "01B", "binh");

  @TempDir Path folder;
  private Database database;
  private AuditLog audit;
  private WallLayouts layouts;

  @BeforeEach
  void open() {
    database = TestDatabase.open(folder.resolve("kydai.db"));
    audit = new AuditLog(database, Clock.systemUTC());
    layouts = new WallLayouts(database, audit, Clock.systemUTC());
  }

  @AfterEach
  void close() {
    database.close();
  }

  private static WallLayout.Content content(String name, boolean shared, String... cameras) {
    return new WallLayout.Content(
        name, shared, "9", "old-town", List.of(cameras).stream().map(CameraId::new).toList());
  }

  private WallLayout save(WallLayout.Content content, Actor owner) {
    return layouts.save(content, owner, RequestOrigin.NONE);
  }

  @Test
  void oneSeesOnesOwnAndWhatOthersShare() {
    WallLayout own = save(content("Đêm", false, "gate", "bridge"), LAN);
    WallLayout shared = save(content("Lễ hội", true), BINH);
    save(content("Riêng", false), BINH);
    assertThat(layouts.of(LAN)).containsExactlyInAnyOrder(own, shared);
    assertThat(layouts.find(own.id())).contains(own);
    assertThat(own.ownerName()).isEqualTo("lan");
  }

  @Test
  void theSameNameReplacesOnlyTheOwners() {
    WallLayout first = save(content("Đêm", false, "gate"), LAN);
    WallLayout others = save(content("Đêm", true), BINH);
    WallLayout second = save(content("Đêm", true, "bridge"), LAN);
    assertThat(second.id()).isEqualTo(first.id());
    assertThat(layouts.of(LAN)).containsExactlyInAnyOrder(second, others);
  }

  @Test
  void furtherLayoutsThanMayAreRefusedButKnownOnesAreReplaced() {
    for (int i = 0; i < WallLayouts.MAX_OF_OWNER; i++) {
      save(content("n" + i, false), LAN);
    }
    assertThatThrownBy(() -> save(content("more", false), LAN))
        .isInstanceOf(TooManyLayoutsException.class);
    save(content("n0", true), LAN);
    save(content("more", false), BINH);
    assertThat(layouts.of(LAN)).hasSize(WallLayouts.MAX_OF_OWNER);
  }

  @Test
  void eachChangeIsInTheAudit() {
    WallLayout layout = save(content("Đêm", true), LAN);
    assertThat(layouts.remove(layout.id(), BINH, RequestOrigin.NONE)).isTrue();
    assertThat(layouts.remove(layout.id(), BINH, RequestOrigin.NONE)).isFalse();
    List<AuditEntry> entries = audit.list(AuditFilter.all(9)).entries();
    assertThat(entries)
        .extracting(AuditEntry::type)
        .containsExactly("layout.removed", "layout.saved");
    assertThat(entries.get(0).actorName()).isEqualTo("binh");
    assertThat(entries.get(0).details()).contains("Đêm", layout.id());
  }
}
