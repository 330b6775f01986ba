package io.kydai.console.users;

import io.kydai.console.users.ScopeJson.GrantJson;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Accounts, tokens and areas as the audit shows them: without secrets. */
final class ShownPeople {
  private static final int MAX_GRANTS = 20;

  private ShownPeople() {}

  static Map<String, Object> account(Account account) {
    Map<String, Object> shown = new LinkedHashMap<>();
    shown.put("display-name", account.displayName());
    shown.put("enabled", account.enabled());
    put(shown, "agency", account.agency());
    shown.put(
        "grants", account.grants().stream().limit(MAX_GRANTS).map(ShownPeople::grant).toList());
    return shown;
  }

  private static Map<String, Object> grant(Grant grant) {
    GrantJson json = GrantJson.of(grant);
    Map<String, Object> shown = new LinkedHashMap<>();
    shown.put("role", json.role());
    shown.put("on", scope(grant.scope()));
    put(shown, "from", json.from());
    put(shown, "until", json.until());
    return shown;
  }

  private static Map<String, Object> scope(Scope scope) {
    ScopeJson json = ScopeJson.of(scope);
    Map<String, Object> shown = new LinkedHashMap<>();
    put(shown, "all", json.all());
    put(shown, "cameras", json.cameras());
    put(shown, "groups", json.groups());
    put(shown, "areas", json.areas());
    return shown;
  }

  static Map<String, Object> token(ApiToken token) {
    Map<String, Object> shown = new LinkedHashMap<>();
    shown.put("permissions", token.permissions().stream().map(Permission::wire).sorted().toList());
    shown.put("on", scope(token.scope()));
    put(shown, "expires-at", token.expiresAt() == null ? null : token.expiresAt().toString());
    return shown;
  }

  static Map<String, Object> area(Area area) {
    Map<String, Object> shown = new LinkedHashMap<>();
    shown.put("name", area.name());
    shown.put("polygon", area.polygon().stream().map(at -> List.of(at.lat(), at.lon())).toList());
    return shown;
  }

  private static void put(Map<String, Object> shown, String key, @Nullable Object value) {
    if (value != null) {
      shown.put(key, value);
    }
  }

  /** Returns the keys whose values differ, each with its value before and after. */
  static Map<String, Object> changes(Map<String, Object> before, Map<String, Object> after) {
    Set<String> keys = new TreeSet<>(before.keySet());
    keys.addAll(after.keySet());
    Map<String, Object> changes = new LinkedHashMap<>();
    for (String key : keys) {
      if (!Objects.equals(before.get(key), after.get(key))) {
        Map<String, Object> change = new LinkedHashMap<>();
        put(change, "before", before.get(key));
        put(change, "after", after.get(key));
        changes.put(key, change);
      }
    }
    return changes;
  }
}
