package io.kydai.console.agencies;

import io.kydai.console.settings.DeskSetting;
import io.kydai.console.settings.InvalidSettingException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The agencies of a site.
 *
 * @param agencies at most {@value #MAX}, each with its own id; parents and delegates are among
 *     them, no agency stands above itself, and {@value #MAX_LEVELS} at most stand in one line
 */
public record Agencies(List<Agency> agencies) {
  private static final int MAX = 1_000;
  private static final int MAX_LEVELS = 10;
  private static final int MAX_TEXT = 200;

  /** The setting. */
  public static final DeskSetting<Agencies> SETTING =
      new DeskSetting<>("agencies", Agencies.class, new Agencies(List.of()));

  public Agencies {
    agencies = List.copyOf(agencies);
    if (agencies.size() > MAX) {
      throw new InvalidSettingException("agencies", MAX + " at most");
    }
    Map<String, Agency> known = new HashMap<>();
    for (int i = 0; i < agencies.size(); i++) {
      Agency agency = agencies.get(i);
      if (wrong(agency.id()) || known.put(agency.id(), agency) != null) {
        throw new InvalidSettingException(
            "agencies[" + i + "].id", "an id that no other agency has");
      }
      if (wrong(agency.name())) {
        throw new InvalidSettingException(
            "agencies[" + i + "].name", "1 to " + MAX_TEXT + " characters");
      }
    }
    for (int i = 0; i < agencies.size(); i++) {
      check(agencies.get(i), "agencies[" + i + "].", known);
    }
  }

  private static boolean wrong(String text) {
    return text.isBlank() || text.length() > MAX_TEXT;
  }

  private static void check(Agency agency, String field, Map<String, Agency> known) {
    Set<String> above = new HashSet<>();
    String id = agency.id();
    while (id != null) {
      Agency one = known.get(id);
      if (one == null || !above.add(id)) {
        throw new InvalidSettingException(
            field + "parent", "an agency of the list that does not stand below this one");
      }
      if (above.size() > MAX_LEVELS) {
        throw new InvalidSettingException(
            field + "parent", "an agency with " + (MAX_LEVELS - 2) + " above it at most");
      }
      id = one.parent();
    }
    Delegation delegation = agency.delegation();
    if (delegation == null) {
      return;
    }
    if (!known.containsKey(delegation.to()) || delegation.to().equals(agency.id())) {
      throw new InvalidSettingException(field + "delegation.to", "another agency of the list");
    }
    Instant until = delegation.until();
    if (until != null && !until.isAfter(delegation.from())) {
      throw new InvalidSettingException(field + "delegation.until", "a time after its begin");
    }
  }

  /** Returns the agency with an id; empty when there is none. */
  public Optional<Agency> find(@Nullable String id) {
    return agencies.stream().filter(agency -> agency.id().equals(id)).findFirst();
  }

  /** Returns the agency above another; empty when there is none. */
  public Optional<Agency> above(@Nullable String id) {
    return find(id).flatMap(agency -> find(agency.parent()));
  }

  /**
   * Returns the agencies that are an agency or stand below it, by its id; of an id that is not in
   * it, there is none but itself.
   */
  public Map<String, Set<String>> under() {
    Map<String, @Nullable String> parents = new HashMap<>();
    agencies.forEach(agency -> parents.put(agency.id(), agency.parent()));
    Map<String, Set<String>> under = new HashMap<>();
    for (Agency agency : agencies) {
      for (String id = agency.id(); id != null; id = parents.get(id)) {
        under.computeIfAbsent(id, any -> new HashSet<>()).add(agency.id());
      }
    }
    return under;
  }

  /**
   * Returns who acts for an agency at a moment.
   *
   * @return the agency, then its delegate, that one's delegate and so on: the last one acts. Where
   *     delegates refer to each other in a circle, it ends before one comes twice. An id that is
   *     not in the list stands alone
   */
  public List<String> acting(String id, Instant at) {
    List<String> way = new ArrayList<>(List.of(id));
    while (true) {
      Delegation delegation = find(way.get(way.size() - 1)).map(Agency::delegation).orElse(null);
      if (delegation == null || !delegation.holdsAt(at) || way.contains(delegation.to())) {
        return way;
      }
      way.add(delegation.to());
    }
  }
}
